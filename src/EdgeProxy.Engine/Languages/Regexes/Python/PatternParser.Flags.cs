namespace EdgeProxy.Engine.Languages.Regexes.Python;

internal sealed partial class PatternParser
{
    private const PatternFlags TypeFlags = PatternFlags.Ascii | PatternFlags.Unicode;

    /// <summary>
    /// Reads flags from the first letter or minus. Up to a closing parenthesis they are global, and the answer is null;
    /// up to a colon they hold for the group, and the answer is what is in force there.
    /// </summary>
    private PatternFlags? ParseFlags(PatternToken token, PatternFlags outer)
    {
        var on = PatternFlags.None;
        if (!token.Is('-'))
        {
            token = ParseFlagLetters(token, ")-:", "missing -, : or )", ref on);
        }

        if ((on & TypeFlags) == TypeFlags)
        {
            throw _scanner.Error("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
        }

        if (token.Is(')'))
        {
            _globalFlags |= on;
            return null;
        }

        var off = PatternFlags.None;
        if (token.Is('-'))
        {
            var first = _scanner.Take();
            ParseFlagLetters(first, ":", GetFlag(first) == null ? "missing flag" : "missing :", ref off);
        }

        if ((off & TypeFlags) != PatternFlags.None)
        {
            throw _scanner.Error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
        }

        if ((on & off) != PatternFlags.None)
        {
            throw _scanner.Error("bad inline flags: flag turned on and off", 1);
        }

        var kept = (on & TypeFlags) != PatternFlags.None ? outer & ~TypeFlags : outer;
        return (kept | on) & ~off;
    }

    /// <summary>Reads letters up to a terminator, which it returns. There must be at least one.</summary>
    private PatternToken ParseFlagLetters(PatternToken token, string terminators, string missing, ref PatternFlags flags)
    {
        do
        {
            if (token.Is('L'))
            {
                throw _scanner.Error("bad inline flags: cannot use 'L' flag with a str pattern");
            }

            flags |= GetFlag(token) ?? throw _scanner.Error(token.IsLetter ? "unknown flag" : missing, token.Length);
            token = _scanner.Take();
        }
        while (!token.IsOneOf(terminators));

        return token;
    }

    private static PatternFlags? GetFlag(PatternToken token) => token.IsEscape ? null : token.Value switch
    {
        'i' => PatternFlags.IgnoreCase,
        'm' => PatternFlags.Multiline,
        's' => PatternFlags.DotAll,
        'x' => PatternFlags.Verbose,
        'a' => PatternFlags.Ascii,
        'u' => PatternFlags.Unicode,
        _ => null,
    };

    private void CheckGlobalFlags()
    {
        if ((_globalFlags & TypeFlags) == TypeFlags)
        {
            throw new PatternException("ASCII and UNICODE flags are incompatible");
        }
    }
}
