using EdgeProxy.Engine.Languages.Regexes.IRegexps;

namespace EdgeProxy.Engine.Languages.JsonPaths;

internal sealed partial class PathEvaluation
{
    // What compiling takes at least, a millisecond, and what each unit of a pattern may take at worst.
    private const int CompileSteps = 20_000;
    private const int CompileStepsAUnit = 50;

    // How many of a matcher's steps are one of these.
    private const int MatcherStepsAStep = 4;

    private readonly Dictionary<(string Pattern, bool Whole), IRegexp?> _regexps = [];

    /// <summary>A regular expression that came out of the data; remembered, since it is mostly the same for all.</summary>
    public IRegexp? Regexp(string pattern, bool whole)
    {
        if (!_regexps.TryGetValue((pattern, whole), out var regexp))
        {
            regexp = TrySpend(CompileSteps + ((long)CompileStepsAUnit * pattern.Length))
                ? IRegexp.TryCompile(pattern, whole)
                : null;
            _regexps.Add((pattern, whole), regexp);
        }

        return regexp;
    }

    /// <summary>Determines whether a text matches; false, too, when the run has no steps left.</summary>
    public bool IsMatch(IRegexp regexp, string text)
    {
        if (!TrySpend(1 + (regexp.Size / MatcherStepsAStep)))
        {
            return false;
        }

        // A matcher that gives up has taken more than there is left, and so ends the run.
        var isMatch = regexp.IsMatch(text, (int)_left * MatcherStepsAStep, out var steps);
        return TrySpend(1 + (steps / MatcherStepsAStep)) && isMatch;
    }
}
