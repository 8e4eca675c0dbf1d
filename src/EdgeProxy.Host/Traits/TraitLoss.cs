namespace EdgeProxy.Host.Traits;

/// <summary>The reason why a qualified identity is not forwarded.</summary>
internal enum TraitLoss
{
    /// <summary>More arrived at once than the buffers of the request threads hold.</summary>
    BufferFull,

    /// <summary>As many identities wait as may, or as many bytes.</summary>
    QueueFull,

    /// <summary>The traits of the identity have more than 32 KiB.</summary>
    TooLarge,

    /// <summary>The API refuses the keys of the environment.</summary>
    Refused,

    /// <summary>The API rejected it.</summary>
    Rejected,

    /// <summary>It failed for too long.</summary>
    Expired,

    /// <summary>It waited when the process stopped.</summary>
    Shutdown,
}
