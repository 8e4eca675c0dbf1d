namespace EdgeProxy.Engine.Documents;

/// <summary>A part of an environment that is odd and therefore without effect; everything else works.</summary>
/// <param name="Path">Where it is, as a JSONPath into the document or the model.</param>
/// <param name="Message">What is wrong with it, and what that means.</param>
public sealed record Problem(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}
