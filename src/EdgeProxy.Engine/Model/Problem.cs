namespace EdgeProxy.Engine.Model;

/// <summary>An invalid part of an environment, which has no effect (docs/spec/evaluation.md 1.7).</summary>
/// <param name="Path">The place of the part, as a JSONPath into the document or the model.</param>
/// <param name="Message">The fault and its consequence.</param>
public sealed record Problem(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}
