namespace EdgeProxy.Host.Environments;

/// <summary>An environment with other content was published.</summary>
internal sealed class ContentPublishedEventArgs : EventArgs
{
    public ContentPublishedEventArgs(EnvironmentState environment, PublishedEnvironment? before, PublishedEnvironment after, TimeSpan elapsed)
    {
        Environment = environment;
        Before = before;
        After = after;
        Elapsed = elapsed;
    }

    /// <summary>The environment.</summary>
    public EnvironmentState Environment { get; }

    /// <summary>The version before; null if there was none.</summary>
    public PublishedEnvironment? Before { get; }

    /// <summary>The published version.</summary>
    public PublishedEnvironment After { get; }

    /// <summary>The time that checking and compiling it took.</summary>
    public TimeSpan Elapsed { get; }
}
