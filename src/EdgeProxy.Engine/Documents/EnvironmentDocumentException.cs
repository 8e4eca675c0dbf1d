namespace EdgeProxy.Engine.Documents;

/// <summary>An environment document that is refused as a whole. The message says what is wrong and where, without content.</summary>
public sealed class EnvironmentDocumentException : Exception
{
    /// <inheritdoc/>
    public EnvironmentDocumentException()
    {
    }

    /// <inheritdoc/>
    public EnvironmentDocumentException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public EnvironmentDocumentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
