using EdgeProxy.Engine.PythonRegexes;

namespace EdgeProxy.Engine.Tests.PythonRegexes;

/// <summary>Short ways to ask.</summary>
internal static class Regexes
{
    public static PythonRegex Create(string pattern)
    {
        Assert.True(PythonRegex.TryCreate(pattern, out var regex, out var error), $"{pattern}: {error}");
        return regex;
    }

    public static bool Matches(string pattern, string text)
    {
        var isMatch = Create(pattern).MatchesAtStart(text, out var timedOut);
        Assert.False(timedOut);
        return isMatch;
    }

    public static string Error(string pattern)
    {
        Assert.False(PythonRegex.TryCreate(pattern, out _, out var error), pattern);
        return error;
    }
}
