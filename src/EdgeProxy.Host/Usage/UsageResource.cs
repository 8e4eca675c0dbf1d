namespace EdgeProxy.Host.Usage;

/// <summary>The resources that requests are counted by.</summary>
internal enum UsageResource
{
    /// <summary><c>flags</c></summary>
    Flags,

    /// <summary><c>identities</c></summary>
    Identities,

    /// <summary><c>environment-document</c></summary>
    EnvironmentDocument,
}
