namespace EdgeProxy.Comparison.Load;

/// <summary>What a load tool saw.</summary>
/// <param name="Requests">Requests that were answered.</param>
/// <param name="Failures">Requests that were not, or with something else than 200.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="P50">Half of the answers took at most this.</param>
/// <param name="P99">99 of 100 did.</param>
/// <param name="P999">999 of 1,000 did.</param>
internal sealed record LoadResult(long Requests, long Failures, TimeSpan Elapsed, TimeSpan P50, TimeSpan P99, TimeSpan P999);
