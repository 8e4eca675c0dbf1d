namespace EdgeProxy.Comparison.Load;

/// <summary>The results of a load tool.</summary>
/// <param name="Requests">Requests that were answered.</param>
/// <param name="Failures">Requests that were not, or with something else than 200.</param>
/// <param name="Elapsed">The time taken.</param>
/// <param name="P50">Half of the answers took at most this.</param>
/// <param name="P99">99 of 100 did.</param>
/// <param name="P999">999 of 1,000 did.</param>
internal sealed record LoadResult(long Requests, long Failures, TimeSpan Elapsed, TimeSpan P50, TimeSpan P99, TimeSpan P999);
