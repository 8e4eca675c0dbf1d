namespace EdgeProxy.Host.Environments;

/// <summary>An environment with other content was published.</summary>
internal sealed class ContentPublishedEventArgs : EventArgs
{
    public ContentPublishedEventArgs(EnvironmentState environment)
    {
        Environment = environment;
    }

    /// <summary>The environment.</summary>
    public EnvironmentState Environment { get; }
}
