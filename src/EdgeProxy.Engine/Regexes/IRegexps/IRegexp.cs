using EdgeProxy.Engine.JsonPaths;

namespace EdgeProxy.Engine.Regexes.IRegexps;

/// <summary>
/// An I-Regexp (RFC 9485), compiled. All ways through the program are followed side by side, character by character, so
/// that time grows with the length of the text times the size of the pattern and never worse. .NET's own linear engine
/// is not used: it works on UTF-16 units where I-Regexp is about code points, and it takes seconds to compile patterns of
/// some hundred different characters, which no timeout of a match ends.
/// </summary>
internal sealed class IRegexp
{
    /// <summary>What compiling takes at least, a millisecond, and what each unit of a pattern may take at worst.</summary>
    private const int CompileSteps = 20_000;
    private const int CompileStepsAUnit = 50;

    /// <summary>How many places of the program are reached for a step.</summary>
    private const int PlacesAStep = 4;

    private readonly Instruction[] _program;
    private readonly bool _whole;

    private IRegexp(Instruction[] program, bool whole)
    {
        _program = program;
        _whole = whole;
    }

    /// <summary>The compiled pattern, or null if it is not a valid one, or too large a one.</summary>
    /// <param name="pattern">The I-Regexp.</param>
    /// <param name="whole">Whether it has to match a text from start to end.</param>
    public static IRegexp? TryCompile(string pattern, bool whole) =>
        new IRegexpParser(pattern).Parse() is { } program ? new IRegexp([.. program], whole) : null;

    /// <summary>The same within a run, which pays for it.</summary>
    public static IRegexp? TryCompile(PathEvaluation evaluation, string pattern, bool whole) =>
        evaluation.TrySpend(CompileSteps + ((long)CompileStepsAUnit * pattern.Length)) ? TryCompile(pattern, whole) : null;

    /// <summary>Whether the text matches; false, too, when the run has no steps left.</summary>
    public bool IsMatch(PathEvaluation evaluation, string text)
    {
        if (!evaluation.TrySpend(1 + (_program.Length / PlacesAStep)))
        {
            return false;
        }

        var (threads, following) = (new ThreadList(_program), new ThreadList(_program));
        threads.Add(0, atStart: true, atEnd: text.Length == 0);
        for (var position = 0; position < text.Length;)
        {
            if (!_whole && threads.HasMatched)
            {
                return true;
            }

            if (!evaluation.TrySpend(1 + (threads.Reached / PlacesAStep)))
            {
                return false;
            }

            var character = CharacterAt(text, position);
            position += character > char.MaxValue ? 2 : 1;
            var atEnd = position == text.Length;
            threads.Take(character, following, atEnd);
            if (!_whole)
            {
                following.Add(0, atStart: false, atEnd); // a match may begin anywhere
            }

            (threads, following) = (following, threads);
        }

        return threads.HasMatched;
    }

    /// <summary>Half a surrogate pair by itself is its own number, which is in no set.</summary>
    private static int CharacterAt(string text, int position) =>
        char.IsHighSurrogate(text[position]) && position + 1 < text.Length && char.IsLowSurrogate(text[position + 1])
            ? char.ConvertToUtf32(text[position], text[position + 1])
            : text[position];
}
