namespace EdgeProxy.Host.Environments;

/// <summary>What is loaded already, as conditional requests say it.</summary>
/// <param name="IfModifiedSince">An HTTP date; null to leave it out.</param>
/// <param name="IfNoneMatch">An entity tag with its quotes; null to leave it out.</param>
internal sealed record FetchConditions(string? IfModifiedSince, string? IfNoneMatch)
{
    /// <summary>Nothing is loaded: ask for the whole.</summary>
    public static readonly FetchConditions None = new(null, null);
}
