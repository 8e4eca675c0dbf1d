using EdgeProxy.LoadTests.Model.Requests;

namespace EdgeProxy.LoadTests.Model.Verdicts;

/// <summary>What was measured of one kind of request.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Succeeded">How many were answered as they must be.</param>
/// <param name="Failed">How many were not, or not at all.</param>
/// <param name="Percentile99">How long 99 of 100 of those that succeeded took at most.</param>
internal sealed record RequestFigures(RequestKind Kind, int Succeeded, int Failed, TimeSpan Percentile99);
