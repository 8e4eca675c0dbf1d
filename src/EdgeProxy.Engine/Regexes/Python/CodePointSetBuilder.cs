namespace EdgeProxy.Engine.Regexes.Python;

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
        Normalize();
        if (flags.HasFlag(PatternFlags.IgnoreCase))
        {
            LetterCase.AddVariants(_ranges, isAscii: flags.HasFlag(PatternFlags.Ascii));
            Normalize();
        }

        var changes = _ranges.SelectMany(static range => new[] { range.First, range.Last + 1 });
        return new CodePointSet([.. changes], _classes, IsNegated);
    }

    /// <summary>Sorts the ranges and joins those that overlap or touch.</summary>
    private void Normalize()
    {
        _ranges.Sort();
        var kept = 0;
        for (var i = 1; i < _ranges.Count; i++)
        {
            var (first, last) = _ranges[i];
            if (first <= _ranges[kept].Last + 1)
            {
                _ranges[kept] = (_ranges[kept].First, Math.Max(_ranges[kept].Last, last));
            }
            else
            {
                _ranges[++kept] = (first, last);
            }
        }

        _ranges.RemoveRange(Math.Min(kept + 1, _ranges.Count), Math.Max(0, _ranges.Count - kept - 1));
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
