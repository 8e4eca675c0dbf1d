using System.Text.RegularExpressions;

namespace EdgeProxy.Engine.JsonPaths.IRegexps;

/// <summary>
/// An I-Regexp (RFC 9485), compiled. Matching takes time in proportion to the text, whatever the pattern; for patterns
/// where that proportion is too large there is a timeout, and a match that times out is none.
/// </summary>
internal sealed class IRegexp
{
    /// <summary>What compiling takes, in steps of <see cref="PathEvaluation"/>.</summary>
    public const int CompileSteps = 20_000;

    /// <summary>What a match that timed out has cost, so that only so many of them can happen in a run.</summary>
    private const int TimeoutSteps = PathEvaluation.MaxSteps / 4;

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    private readonly Regex _regex;
    private readonly Alphabet _alphabet;

    private IRegexp(Regex regex, Alphabet alphabet)
    {
        _regex = regex;
        _alphabet = alphabet;
    }

    /// <summary>The compiled pattern, or null if it is not a valid one, or larger than the runtime allows.</summary>
    /// <param name="pattern">The I-Regexp.</param>
    /// <param name="whole">Whether it has to match a text from start to end.</param>
    public static IRegexp? TryCompile(string pattern, bool whole)
    {
        if (new IRegexpParser(pattern).Parse() is not { } parts)
        {
            return null;
        }

        const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        var alphabet = new Alphabet([.. parts.Select(static part => part.Set).OfType<CodePointSet>().Distinct()]);
        var translated = string.Concat(parts.Select(part => part.Operator ?? alphabet.LetterClass(part.Set!)));
        try
        {
            return new IRegexp(new Regex(whole ? $@"\A(?:{translated})\z" : translated, Options, MatchTimeout), alphabet);
        }
        catch (NotSupportedException)
        {
            // The runtime bounds what it builds: at some thousand characters, repetitions written out. RFC 9485, section 8
            // asks for such a bound.
            return null;
        }
    }

    public bool IsMatch(PathEvaluation evaluation, string text)
    {
        if (!evaluation.TrySpend(text.Length))
        {
            return false;
        }

        try
        {
            return _regex.IsMatch(_alphabet.Spell(text));
        }
        catch (RegexMatchTimeoutException)
        {
            evaluation.TrySpend(TimeoutSteps);
            return false;
        }
    }
}
