using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// The values that conditions read, numbered: the identity's own two, then every trait of a condition. Those used only by
/// segments without overrides come last, so that a request for flags can skip them.
/// </summary>
internal sealed class SnapshotSlots
{
    /// <summary>The slot of <c>$.identity.identifier</c>.</summary>
    public const int Identifier = 0;

    /// <summary>The slot of <c>$.identity.key</c>.</summary>
    public const int IdentityKey = 1;

    /// <summary>The first slot of a trait.</summary>
    public const int FirstTrait = 2;

    private readonly Utf8Index _traits;
    private readonly int _traitsForFlags;

    /// <param name="traits">The trait names, those that flags depend on first.</param>
    /// <param name="traitsForFlags">The number of traits that flags depend on.</param>
    public SnapshotSlots(Utf8Index traits, int traitsForFlags)
    {
        _traits = traits;
        _traitsForFlags = traitsForFlags;
    }

    /// <summary>The number of traits that conditions use.</summary>
    public int TraitCount => _traits.Count;

    /// <summary>Returns the name of a trait, by its number.</summary>
    public ReadOnlySpan<byte> Trait(int ordinal) => _traits[ordinal];

    /// <summary>Returns the slot of a trait, by its number.</summary>
    public static int OfTrait(int ordinal) => FirstTrait + ordinal;

    /// <summary>The number of slots that an evaluation of that scope fills.</summary>
    public int CountFor(EvaluationScope scope) => FirstTrait + TraitsFor(scope);

    /// <summary>Finds the slot of a trait; -1 if nothing in that scope reads it.</summary>
    public int Find(ReadOnlySpan<byte> traitKey, EvaluationScope scope)
    {
        var ordinal = _traits.Find(traitKey);
        return (uint)ordinal < (uint)TraitsFor(scope) ? FirstTrait + ordinal : -1;
    }

    private int TraitsFor(EvaluationScope scope) => scope == EvaluationScope.Flags ? _traitsForFlags : _traits.Count;
}
