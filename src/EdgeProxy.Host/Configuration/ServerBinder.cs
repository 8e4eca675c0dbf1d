using System.Security.Authentication;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Configuration;

/// <summary>The part of the settings that is about the listener.</summary>
internal static class ServerBinder
{
    private const string LoopbackAddress = "127.0.0.1";

    private static readonly Dictionary<string, SslProtocols> TlsVersions = new(StringComparer.Ordinal)
    {
        ["1.2"] = SslProtocols.Tls12 | SslProtocols.Tls13,
        ["1.3"] = SslProtocols.Tls13,
    };

    /// <summary>Binds it.</summary>
    /// <param name="server">What is set of the server.</param>
    /// <param name="limits">What is set of the limits.</param>
    /// <param name="forwarders">What is set of who may say where a request came from.</param>
    /// <param name="defaults">What counts where nothing is set.</param>
    public static ServerOptions Bind(SettingNode server, SettingNode limits, SettingNode forwarders, ServerOptions defaults) => new()
    {
        Host = server["host"].Text() ?? defaults.Host,
        Port = (int)server["port"].Integer(defaults.Port, 0, 65535),
        Tls = BindTls(server["tls"]),
        Http2 = server["http2"].Boolean(defaults.Http2),
        Http2CleartextPort = server["http2_cleartext_port"] is { IsUnset: false } port ? (int)port.Integer(0, 0, 65535) : null,
        KeepAliveTimeout = server["timeout_keep_alive"].Seconds(defaults.KeepAliveTimeout, zeroAllowed: false),
        ShutdownDelay = server["shutdown_delay_seconds"].Seconds(defaults.ShutdownDelay, zeroAllowed: true),
        ShutdownTimeout = server["shutdown_timeout_seconds"].Seconds(defaults.ShutdownTimeout, zeroAllowed: false),
        AdminToken = NonEmpty(server["admin_token"]),
        MaxRequestBodyBytes = (int)server["max_request_body_bytes"].Integer(defaults.MaxRequestBodyBytes, 1, int.MaxValue / 2),
        ForwardedAllowIps = BindForwarders(server["proxy_headers"], forwarders),
        Limits = BindLimits(limits, defaults.Limits),
    };

    private static TrustedPeers? BindForwarders(SettingNode switchedOn, SettingNode forwarders)
    {
        var names = forwarders.IsUnset
            ? [LoopbackAddress]
            : forwarders.Items().Select(static item => item.Text() ?? "").SelectMany(static text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        var peers = TrustedPeers.TryCreate(names);
        if (peers is null)
        {
            forwarders.Expected("addresses and networks, such as 10.0.0.0/8, or *");
        }

        return switchedOn.Boolean(otherwise: false) ? peers : null;
    }

    private static TlsOptions? BindTls(SettingNode tls)
    {
        var certificate = NonEmpty(tls["certificate_file"]);
        var key = NonEmpty(tls["key_file"]);
        var password = NonEmpty(tls["key_password"]);
        var protocols = tls["minimum_version"].Choice(TlsVersions, TlsVersions["1.2"]);
        return (certificate ?? key) is null ? null : new TlsOptions
        {
            CertificateFile = (certificate ?? key)!,
            KeyFile = (key ?? certificate)!,
            KeyPassword = password,
            Protocols = protocols,
        };
    }

    private static ServerLimitOptions BindLimits(SettingNode limits, ServerLimitOptions defaults) => new()
    {
        MaxRequestLineBytes = (int)limits["max_request_line_bytes"].Integer(defaults.MaxRequestLineBytes, 256, 1024 * 1024),
        MaxHeaderBytes = (int)limits["max_header_bytes"].Integer(defaults.MaxHeaderBytes, 256, 1024 * 1024),
        MaxHeaders = (int)limits["max_headers"].Integer(defaults.MaxHeaders, 1, 10_000),
        HeadersTimeout = limits["headers_timeout_seconds"].Seconds(defaults.HeadersTimeout, zeroAllowed: false),
        MinBytesPerSecond = (int)limits["min_bytes_per_second"].Integer(defaults.MinBytesPerSecond, 0, 1024 * 1024),
        FirstByteTimeout = limits["first_byte_timeout_seconds"].Seconds(defaults.FirstByteTimeout, zeroAllowed: false),
        MaxHttp2Streams = (int)limits["max_http2_streams"].Integer(defaults.MaxHttp2Streams, 1, 10_000),
        MaxHttp2ResetsPerSecond = (int)limits["max_http2_resets_per_second"].Integer(defaults.MaxHttp2ResetsPerSecond, 1, 1_000_000),
        MaxConnections = (int)limits["max_connections"].Integer(defaults.MaxConnections, 1, 10_000_000),
        MaxTraits = (int)limits["max_traits"].Integer(defaults.MaxTraits, 1, 10_000_000),
        MaxConcurrentRequests = (int)limits["max_concurrent_requests"].Integer(defaults.MaxConcurrentRequests, 1, 10_000_000),
        MaxQueueDelay = limits["max_queue_delay_seconds"].Seconds(defaults.MaxQueueDelay, zeroAllowed: true),
    };

    private static string? NonEmpty(SettingNode node) => node.Text() is { Length: > 0 } text ? text : null;
}
