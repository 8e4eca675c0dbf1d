namespace EdgeProxy.Host.Events;

/// <summary>The answer of the service that takes events.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body, decoded.</param>
internal sealed record EventAnswer(int Status, byte[] Body)
{
    /// <summary>The type of the body; null for none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The value of <c>Retry-After</c>; null for none.</summary>
    public string? RetryAfter { get; init; }
}
