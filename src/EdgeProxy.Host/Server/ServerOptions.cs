using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Server;

/// <summary>Options of the listener.</summary>
internal sealed record ServerOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<ServerOptions> Settings = new(
        new TypedSetting<ServerOptions, string?>("server.host", new TextForm(), static o => o.Host, static (o, v) => o with { Host = v ?? o.Host })
        {
            Option = new SettingOption("--host", "ADDRESS"),
            Meaning = "the address or name to listen on",
        },
        new TypedSetting<ServerOptions, int>("server.port", new PortForm(), static o => o.Port, static (o, v) => o with { Port = v })
        {
            Option = new SettingOption("--port", "PORT"),
            Meaning = "the port to listen on; 0 takes any free one",
        },
        new TypedSetting<ServerOptions, bool>("server.http2", new BooleanForm(), static o => o.Http2, static (o, v) => o with { Http2 = v })
        {
            Meaning = "speak HTTP/2 with clients that agree on it during the TLS handshake (ALPN)",
        },
        new TypedSetting<ServerOptions, int?>(
            "server.http2_cleartext_port", new OptionalForm<int>(new PortForm()), static o => o.Http2CleartextPort, static (o, v) => o with { Http2CleartextPort = v })
        {
            Meaning = "a further port, for HTTP/2 without TLS from the first byte on (prior knowledge), and nothing else; 0 takes any free one, null is none",
        },
        new TypedSetting<ServerOptions, TimeSpan>(
            "server.timeout_keep_alive", new SecondsForm(), static o => o.KeepAliveTimeout, static (o, v) => o with { KeepAliveTimeout = v })
        {
            Unit = "seconds",
            Meaning = "how long an idle connection is kept; longer than clients keep theirs, or their requests meet closed connections",
        },
        new TypedSetting<ServerOptions, TimeSpan>(
            "server.warm_up_seconds", new SecondsForm(zeroAllowed: true), static o => o.WarmUp, static (o, v) => o with { WarmUp = v })
        {
            Unit = "seconds",
            Meaning = "how much processor time the warm-up may use: when the first documents are loaded, the proxy sends requests to itself until its code is compiled, and only then is it ready; it ends early when little is left to compile, and takes at most four times as long. 0 turns it off. A program that was compiled ahead of time has none",
        });

    /// <summary>The address or name to listen on. Default: every IPv4 address.</summary>
    public string Host { get; init; } = "0.0.0.0";

    /// <summary>The port; 0 takes any free one. Default 8000.</summary>
    public int Port { get; init; } = 8000;

    /// <summary>
    /// The idle timeout of a connection. Default 75 s: longer than that of clients, so that they close first.
    /// </summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>Indicates whether HTTP/2 is offered in the TLS handshake. Default true.</summary>
    public bool Http2 { get; init; } = true;

    /// <summary>A port for HTTP/2 without TLS (prior knowledge) only; 0 takes any free one; null for none.</summary>
    public int? Http2CleartextPort { get; init; }

    /// <summary>The processor time that the warm-up may use before readiness; 0 turns it off. Default 2 s.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);
}
