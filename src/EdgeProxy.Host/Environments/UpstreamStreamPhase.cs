namespace EdgeProxy.Host.Environments;

/// <summary>The phases of the stream that announces changes of an environment.</summary>
internal enum UpstreamStreamPhase
{
    /// <summary>Waits for the first document.</summary>
    Waiting,

    /// <summary>Off, because the project has real-time updates disabled.</summary>
    Disabled,

    /// <summary>A connection is being opened.</summary>
    Connecting,

    /// <summary>Open.</summary>
    Open,

    /// <summary>Waits to connect again.</summary>
    Retrying,

    /// <summary>Waits for the next document, because the server asked not to be asked again.</summary>
    Dismissed,
}
