using EdgeProxy.LoadTests.Model.Requests;

namespace EdgeProxy.LoadTests.Model.Verdicts;

/// <summary>The figures of one kind of request.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Succeeded">The number of correct responses.</param>
/// <param name="Failed">The number of wrong or missing responses.</param>
/// <param name="Percentile99">The 99th percentile of the duration of successful requests.</param>
internal sealed record RequestFigures(RequestKind Kind, int Succeeded, int Failed, TimeSpan Percentile99);
