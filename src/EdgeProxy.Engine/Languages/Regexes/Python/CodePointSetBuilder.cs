namespace EdgeProxy.Engine.Languages.Regexes.Python;

/// <summary>Collects what a set has; the flags in force say what case and character classes mean.</summary>
internal sealed class CodePointSetBuilder(PatternFlags flags)
{
    private static readonly (int First, int Last)[] AsciiDigits = [('0', '9')];
    private static readonly (int First, int Last)[] AsciiSpaces = [('\t', '\r'), (' ', ' ')];
    private static readonly (int First, int Last)[] AsciiWordCharacters = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

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

        _ranges.AddRange(characterClass switch
        {
            CharacterClasses.Digit => AsciiDigits,
            CharacterClasses.Space => AsciiSpaces,
            CharacterClasses.Word => AsciiWordCharacters,
            CharacterClasses.NotDigit => CodePointRanges.Complement(AsciiDigits),
            CharacterClasses.NotSpace => CodePointRanges.Complement(AsciiSpaces),
            _ => CodePointRanges.Complement(AsciiWordCharacters),
        });
    }

    public CodePointSet Build()
    {
        if (!flags.HasFlag(PatternFlags.IgnoreCase))
        {
            return new CodePointSet(_ranges, _classes, IsNegated);
        }

        var spellings = CodePointRanges.Merge(_ranges);
        var searchSteps = LetterCase.CountSteps(spellings);
        LetterCase.AddVariants(spellings, isAscii: flags.HasFlag(PatternFlags.Ascii));
        return new CodePointSet(spellings, _classes, IsNegated) { SearchSteps = searchSteps };
    }
}
