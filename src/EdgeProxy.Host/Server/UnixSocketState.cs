namespace EdgeProxy.Host.Server;

/// <summary>The state of the path of a Unix socket.</summary>
internal enum UnixSocketState
{
    /// <summary>Nothing is there.</summary>
    Free,

    /// <summary>A socket that nobody listens on: its process was killed.</summary>
    Stale,

    /// <summary>A process listens on it.</summary>
    InUse,

    /// <summary>A socket that this user may not connect to.</summary>
    NotPermitted,

    /// <summary>A file or directory that is no socket.</summary>
    NotASocket,
}
