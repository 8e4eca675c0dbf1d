namespace EdgeProxy.Engine.Documents;

/// <summary>
/// An invalid part of a document, thrown by the reader of that part and turned into a problem by the reader of the
/// enclosing part. Never leaves the folder.
/// </summary>
internal sealed class InvalidPartException : Exception
{
    public InvalidPartException(DocumentPath path, string message)
        : base(message)
    {
        Path = path;
    }

    /// <summary>The path of the part.</summary>
    public DocumentPath Path { get; }
}
