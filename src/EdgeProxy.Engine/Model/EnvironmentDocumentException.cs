namespace EdgeProxy.Engine.Model;

/// <summary>Thrown for a document that is rejected as a whole (docs/spec/evaluation.md 1.1). The message has the fault and its place, without
/// content of the document.</summary>
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
