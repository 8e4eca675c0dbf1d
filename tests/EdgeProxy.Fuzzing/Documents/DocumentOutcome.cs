namespace EdgeProxy.Fuzzing.Documents;

/// <summary>What came of a document.</summary>
/// <param name="IsAccepted">Whether it compiled.</param>
/// <param name="Time">How long all of it took.</param>
/// <param name="AllocatedBytes">What all of it allocated.</param>
internal readonly record struct DocumentOutcome(bool IsAccepted, TimeSpan Time, long AllocatedBytes);
