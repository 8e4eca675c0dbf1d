using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Operations;

/// <summary>Options of operators' endpoints.</summary>
internal sealed record OperatorOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<OperatorOptions> Settings = new(
        new TypedSetting<OperatorOptions, string?>("server.admin_token", new TextForm(), static o => o.Token, static (o, v) => o with { Token = v })
        {
            IsSecret = true,
            Meaning = "the token that all requests for operators' paths, such as `GET /proxy/environments`, must send as `Authorization: Bearer <token>`; without one, see `operators.trust_loopback`",
        },
        new TypedSetting<OperatorOptions, bool>(
            "operators.trust_loopback", new BooleanForm(), static o => o.TrustLoopback, static (o, v) => o with { TrustLoopback = v })
        {
            Meaning = "answer operators' paths to the machine itself where no token is set: to requests from a loopback address, with a local `Host`, and without a sign of an intermediary or of a page from elsewhere. Set it to false, or set a token, where a reverse proxy runs on the same host",
        },
        new TypedSetting<OperatorOptions, bool>("operators.console", new BooleanForm(), static o => o.HasConsole, static (o, v) => o with { HasConsole = v })
        {
            Meaning = "serve the console at `/proxy/console`: a page that shows environments, and explains the flags of an identity. With `server.admin_token`, the page is served to everybody who reaches operators' paths, and asks for the token before it shows anything",
        },
        new TypedSetting<OperatorOptions, int?>("operators.port", new OptionalForm<int>(new PortForm()), static o => o.Port, static (o, v) => o with { Port = v })
        {
            Meaning = "a separate port for operators' paths and health; all other ports then answer 404 for operators' paths. Needs `server.admin_token`; 0 takes any free one, null is none",
        },
        new TypedSetting<OperatorOptions, string?>("operators.host", new TextForm(), static o => o.Host, static (o, v) => o with { Host = v })
        {
            Meaning = "the address or name that `operators.port` listens on; null is `server.host`",
        },
        new TypedSetting<OperatorOptions, string?>("operators.unix_socket", new TextForm(), static o => o.UnixSocket, static (o, v) => o with { UnixSocket = v })
        {
            Meaning = "the absolute path of a Unix socket for operators' paths and health, besides or instead of a port. Needs `server.admin_token`",
        });

    /// <summary>The operators' token; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Indicates whether requests over loopback need no token if none is set. Default true.</summary>
    public bool TrustLoopback { get; init; } = true;

    /// <summary>Indicates whether the console is served. Default true.</summary>
    public bool HasConsole { get; init; } = true;

    /// <summary>A separate port; 0 for any free one, null for none. Default null.</summary>
    public int? Port { get; init; }

    /// <summary>The address of that port; null for that of the main port. Default null.</summary>
    public string? Host { get; init; }

    /// <summary>The path of a Unix socket; null for none. Default null.</summary>
    public string? UnixSocket { get; init; }

    /// <summary>Indicates whether operators' endpoints have a listener of their own, and so are not on the main port.</summary>
    public bool HasListener => Port is not null || UnixSocket is not null;
}
