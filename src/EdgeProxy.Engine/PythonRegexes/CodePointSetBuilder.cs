namespace EdgeProxy.Engine.PythonRegexes;

/// <summary>Collects what a set has; the flags in force say what case and character classes mean.</summary>
internal sealed class CodePointSetBuilder(PatternFlags flags)
{
    private readonly List<(int First, int Last)> _ranges = [];
    private CharacterClasses _classes;

    public bool IsEmpty => _ranges.Count == 0 && _classes == CharacterClasses.None;

    public bool IsNegated { get; set; }

    public static CodePointSet Single(int codePoint, PatternFlags flags)
    {
        var builder = new CodePointSetBuilder(flags);
        builder.Add(codePoint, codePoint);
        return builder.Build();
    }

    public static CodePointSet OfClass(CharacterClasses characterClass, PatternFlags flags)
    {
        var builder = new CodePointSetBuilder(flags);
        builder.Add(characterClass);
        return builder.Build();
    }

    public void Add(int first, int last) => _ranges.Add((first, last));

    public void Add(CharacterClasses characterClass)
    {
        if (!flags.HasFlag(PatternFlags.Ascii))
        {
            _classes |= characterClass;
            return;
        }

        switch (characterClass)
        {
            case CharacterClasses.Digit:
                AddRanges("09");
                break;
            case CharacterClasses.Space:
                AddRanges("\t\r  ");
                break;
            case CharacterClasses.Word:
                AddRanges("09AZ__az");
                break;
            case CharacterClasses.NotDigit:
                AddAllBut("09");
                break;
            case CharacterClasses.NotSpace:
                AddAllBut("\t\r  ");
                break;
            default:
                AddAllBut("09AZ__az");
                break;
        }
    }

    public CodePointSet Build()
    {
        if (flags.HasFlag(PatternFlags.IgnoreCase))
        {
            LetterCase.AddVariants(_ranges, isAscii: flags.HasFlag(PatternFlags.Ascii));
        }

        _ranges.Sort();
        var changes = new List<int>();
        foreach (var (first, last) in _ranges)
        {
            if (changes.Count > 0 && first <= changes[^1])
            {
                changes[^1] = Math.Max(changes[^1], last + 1);
            }
            else
            {
                changes.Add(first);
                changes.Add(last + 1);
            }
        }

        return new CodePointSet([.. changes], _classes, IsNegated);
    }

    /// <summary>Adds ascending ranges, given as first, last, first, last...</summary>
    private void AddRanges(string bounds)
    {
        for (var i = 0; i < bounds.Length; i += 2)
        {
            Add(bounds[i], bounds[i + 1]);
        }
    }

    private void AddAllBut(string bounds)
    {
        var first = 0;
        for (var i = 0; i < bounds.Length; i += 2)
        {
            Add(first, bounds[i] - 1);
            first = bounds[i + 1] + 1;
        }

        Add(first, CodePoints.Max);
    }
}
