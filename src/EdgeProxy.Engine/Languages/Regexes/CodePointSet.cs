namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>
/// A set of code points, as a bracket expression says it: ranges and character classes, possibly all but those.
/// Immutable.
/// </summary>
internal sealed class CodePointSet
{
    private const int AsciiCount = 128;

    // Where membership in the ranges changes, ascending: in from the first, out from the second, in from the third...
    private readonly int[] _changes;
    private readonly CharacterClasses _classes;
    private readonly bool _isNegated;

    // The answers for ASCII, which most text is.
    private readonly ulong _below64;
    private readonly ulong _below128;

    /// <param name="ranges">In any order; they may overlap.</param>
    /// <param name="classes">Further classes in the set.</param>
    /// <param name="isNegated">True for the complement of the set.</param>
    public CodePointSet(
        IEnumerable<(int First, int Last)> ranges,
        CharacterClasses classes = CharacterClasses.None,
        bool isNegated = false)
    {
        _changes = Changes(CodePointRanges.Merge(ranges));
        _classes = classes;
        _isNegated = isNegated;
        for (var character = 0; character < AsciiCount; character++)
        {
            var bit = (Find(character) ? 1UL : 0) << (character % 64);
            _below64 |= character < 64 ? bit : 0;
            _below128 |= character < 64 ? 0 : bit;
        }
    }

    /// <summary>The steps to find the ranges, if more than to write them down.</summary>
    public int SearchSteps { get; init; }

    /// <summary>The steps to build it.</summary>
    public int BuildSteps => 16 + _changes.Length + SearchSteps;

    /// <summary>Every code point.</summary>
    public static CodePointSet All { get; } = new([], isNegated: true);

    public bool Contains(int codePoint) => codePoint < AsciiCount
        ? ((codePoint < 64 ? _below64 : _below128) >> (codePoint % 64) & 1) != 0
        : Find(codePoint);

    /// <summary>The only member, if there is only one and it is known without searching.</summary>
    public bool TryGetSingle(out int codePoint)
    {
        var isSingle = !_isNegated && _classes == CharacterClasses.None
            && _changes.Length == 2 && _changes[1] == _changes[0] + 1;
        codePoint = isSingle ? _changes[0] : 0;
        return isSingle;
    }

    private static int[] Changes(List<(int First, int Last)> merged)
    {
        var changes = new int[2 * merged.Count];
        for (var i = 0; i < merged.Count; i++)
        {
            changes[2 * i] = merged[i].First;
            changes[2 * i + 1] = merged[i].Last + 1;
        }

        return changes;
    }

    private bool Find(int codePoint)
    {
        var index = _changes.AsSpan().BinarySearch(codePoint);
        var changesUpToHere = index < 0 ? ~index : index + 1;
        var isIn = int.IsOddInteger(changesUpToHere) || CharacterClass.IsInAny(_classes, codePoint);
        return isIn != _isNegated;
    }
}
