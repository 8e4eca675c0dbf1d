namespace EdgeProxy.Fuzzing.Documents;

/// <summary>The outcome for a document.</summary>
/// <param name="IsAccepted">True if it compiled.</param>
/// <param name="Time">The total time.</param>
/// <param name="AllocatedBytes">The bytes allocated in total.</param>
internal readonly record struct DocumentOutcome(bool IsAccepted, TimeSpan Time, long AllocatedBytes);
