namespace EdgeProxy.Host.Http.Traits;

/// <summary>A member of a trait: its position in the body, and its error.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">The length in bytes; 0 if it is missing.</param>
/// <param name="Problem">The error.</param>
internal readonly record struct TraitMember(int Start, int Length, TraitProblem Problem)
{
    /// <summary>A member that is missing.</summary>
    public static TraitMember Missing { get; } = new(0, 0, TraitProblem.Missing);

    /// <summary>The member in its body.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> body) => body.Slice(Start, Length);
}
