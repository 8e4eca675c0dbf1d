namespace EdgeProxy.Host.Testing;

/// <summary>An answer, read off the wire.</summary>
internal sealed record RawResponse(int Status, string Body)
{
    /// <summary>The status line and the headers.</summary>
    public IReadOnlyList<string> Head { get; init; } = [];
}
