namespace EdgeProxy.Host.Environments;

/// <summary>A version of an environment was held.</summary>
internal sealed class VersionHeldEventArgs : EventArgs
{
    public VersionHeldEventArgs(EnvironmentState environment, PublishedEnvironment current, HeldVersion version)
    {
        Environment = environment;
        Current = current;
        Version = version;
    }

    /// <summary>The environment.</summary>
    public EnvironmentState Environment { get; }

    /// <summary>The version that is still served.</summary>
    public PublishedEnvironment Current { get; }

    /// <summary>The held version.</summary>
    public HeldVersion Version { get; }
}
