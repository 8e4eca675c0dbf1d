namespace EdgeProxy.Host.Environments;

/// <summary>The validators of the current document, for conditional requests.</summary>
/// <param name="IfModifiedSince">An HTTP date; null to leave it out.</param>
/// <param name="IfNoneMatch">An entity tag with its quotes; null to leave it out.</param>
internal sealed record FetchConditions(string? IfModifiedSince, string? IfNoneMatch)
{
    /// <summary>No conditions: nothing is loaded.</summary>
    public static readonly FetchConditions None = new(null, null);
}
