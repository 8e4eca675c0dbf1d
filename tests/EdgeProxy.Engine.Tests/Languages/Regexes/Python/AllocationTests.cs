using EdgeProxy.Testing;

namespace EdgeProxy.Engine.Tests.Languages.Regexes.Python;

public sealed class AllocationTests
{
    [AllocationTheory]
    [InlineData("^a", "b")]
    [InlineData(@"^[\w.+-]+@[\w-]+\.[\w.-]+$", "someone@example.org")]
    [InlineData(@"\w+ \W", "Привет 😀")]
    [InlineData(@"(?i).*\bstraße\b", "Wohin führt die STRASSE, die Straße?")]
    [InlineData(@"^(?:[a-z0-9-]{1,63}\.){1,10}[a-z]{2,63}$", "www.example.com")]
    [InlineData("^(?!.*test).*$", "someone@example.org")]
    [InlineData(@"(?i)(?P<a>\w+) (?P=a)(?(a)x|y)", "Привет привет")]
    [InlineData("(?>(?:a|b)*+c)(?<=c)", "abababc")]
    [InlineData("(?!x)(?:a|b)*c", LongText)]
    [InlineData("(?=(a+)+$)", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", 20)]
    public void MatchesAtStart_AfterWarmUp_AllocatesNothing(string pattern, string text, int calls = 2_000)
    {
        var regex = PythonRegexes.Create(pattern);

        Assert.Equal(0, AllocationMeter.Measure(() => regex.MatchesAtStart(text, out _), calls));
    }

    private const string LongText =
        "abababababababababababababababababababababababababababababababababababababababababababababababababababababababab" +
        "abababababababababababababababababababababababababababababababababababababababababababababababababababababababab";
}
