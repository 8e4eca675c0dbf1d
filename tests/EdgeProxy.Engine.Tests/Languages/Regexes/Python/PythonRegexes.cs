using EdgeProxy.Engine.Languages.Regexes.Python;

namespace EdgeProxy.Engine.Tests.Languages.Regexes.Python;

/// <summary>Short ways to ask.</summary>
internal static class PythonRegexes
{
    public static PythonRegex Create(string pattern)
    {
        Assert.True(PythonRegex.TryCreate(pattern, out var regex, out var error), $"{pattern}: {error}");
        return regex;
    }

    public static bool Matches(string pattern, string text)
    {
        var isMatch = Create(pattern).MatchesAtStart(text, out var budgetExceeded);
        Assert.False(budgetExceeded);
        return isMatch;
    }

    public static string Error(string pattern)
    {
        Assert.False(PythonRegex.TryCreate(pattern, out _, out var error), pattern);
        return error;
    }
}
