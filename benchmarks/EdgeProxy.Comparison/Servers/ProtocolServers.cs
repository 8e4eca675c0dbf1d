using System.Globalization;

namespace EdgeProxy.Comparison.Servers;

/// <summary>Starts servers that speak the protocol of the question that they are asked, with the same settings of TLS.</summary>
internal static class ProtocolServers
{
    /// <summary>EdgeProxy.</summary>
    /// <param name="name">The name.</param>
    /// <param name="ready">The request that it must answer before it counts as started.</param>
    /// <param name="certificate">The path of the PEM file of the certificate.</param>
    /// <param name="arguments">Its arguments, other than where to listen.</param>
    public static Task<ServerProcess> StartProxyAsync(string name, HttpQuestion ready, string certificate, params string[] arguments)
    {
        var port = MeasuredServers.NextPort();
        return ServerProcess.StartCommandAsync(name, ProxyCommand(ready.Protocol, port, certificate, arguments), port, ready);
    }

    /// <summary>The bare server, whose answers have so many bytes.</summary>
    public static Task<ServerProcess> StartBareAsync(HttpQuestion ready, int answerBytes, string certificate)
    {
        var port = MeasuredServers.NextPort();
        return ServerProcess.StartAsync("bare", Programs.Bare, port, ready, BareArguments(ready.Protocol, port, answerBytes, certificate));
    }

    /// <summary>The command that starts EdgeProxy.</summary>
    internal static string[] ProxyCommand(ClientProtocol protocol, int port, string certificate, IEnumerable<string> arguments)
    {
        var measured = port.ToString(CultureInfo.InvariantCulture);
        string[] settings = protocol switch
        {
            { HasTls: true } => ["env", $"SERVER_TLS_CERTIFICATE_FILE={certificate}", "SERVER_TLS_MINIMUM_VERSION=1.3"],
            { IsHttp2: true } => ["env", $"SERVER_HTTP2_CLEARTEXT_PORT={measured}"],
            _ => [],
        };

        // HTTP/2 in clear text has a port of its own; the main port is then any that is free.
        var main = protocol is { IsHttp2: true, HasTls: false } ? "0" : measured;
        return [.. settings, "dotnet", Programs.Proxy, .. arguments, "--host", "127.0.0.1", "--port", main];
    }

    /// <summary>The arguments of the bare server.</summary>
    internal static string[] BareArguments(ClientProtocol protocol, int port, int answerBytes, string certificate)
    {
        string[] spoken = protocol switch
        {
            { HasTls: true } => [certificate],
            { IsHttp2: true } => ["http2"],
            _ => [],
        };
        return [port.ToString(CultureInfo.InvariantCulture), answerBytes.ToString(CultureInfo.InvariantCulture), .. spoken];
    }
}
