namespace EdgeProxy.LoadTests.Model;

/// <summary>The outcome of a request.</summary>
/// <param name="Status">The status code as text, or what there was instead.</param>
/// <param name="Bytes">The size of the body, uncompressed.</param>
/// <param name="Problem">The problem; null if there is none.</param>
internal sealed record LoadOutcome(string Status, int Bytes, string? Problem);
