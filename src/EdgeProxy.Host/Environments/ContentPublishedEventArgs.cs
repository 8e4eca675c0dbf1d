namespace EdgeProxy.Host.Environments;

/// <summary>An environment with other content was published.</summary>
internal sealed class ContentPublishedEventArgs : EventArgs
{
    public ContentPublishedEventArgs(EnvironmentState environment, PublishedEnvironment? before, PublishedEnvironment after, DocumentOrigin origin, TimeSpan elapsed, AnswerImpact? impact)
    {
        Environment = environment;
        Before = before;
        After = after;
        Origin = origin;
        Elapsed = elapsed;
        Impact = impact;
    }

    /// <summary>The environment.</summary>
    public EnvironmentState Environment { get; }

    /// <summary>The version before; null if there was none.</summary>
    public PublishedEnvironment? Before { get; }

    /// <summary>The published version.</summary>
    public PublishedEnvironment After { get; }

    /// <summary>The origin of its document.</summary>
    public DocumentOrigin Origin { get; }

    /// <summary>The time that checking and compiling it took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The effect on the identities that asked lately; null if it was not measured.</summary>
    public AnswerImpact? Impact { get; }
}
