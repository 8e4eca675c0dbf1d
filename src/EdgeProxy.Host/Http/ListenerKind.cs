namespace EdgeProxy.Host.Http;

/// <summary>The kinds of listeners; each serves paths of its own.</summary>
internal enum ListenerKind
{
    /// <summary>The one for SDKs (<c>server.port</c>).</summary>
    Main,

    /// <summary>The one for Prometheus (<c>metrics.port</c>).</summary>
    Metrics,

    /// <summary>The one for operators (<c>operators.port</c>, <c>operators.unix_socket</c>).</summary>
    Operators,
}
