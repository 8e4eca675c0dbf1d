namespace EdgeProxy.LoadTests.Model.Answers;

/// <summary>An answer, as far as it is checked.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The body, uncompressed.</param>
internal sealed record LoadAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>The entity tag, with its quotes.</summary>
    public string? Tag { get; init; }
}
