using System.Diagnostics;
using EdgeProxy.Engine.Languages.Regexes.Python;

namespace EdgeProxy.Engine.Tests.Languages.Regexes.Python;

/// <summary>No pattern and no text may stall or exhaust the process.</summary>
public sealed class SafetyTests
{
    // What these tests are about takes milliseconds, or longer than anybody waits. In between is only how busy the machine is.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("a+b", true)]
    [InlineData(@"(?i)^(\w{1,63}\.){1,3}\b[^x]*?$", true)]
    [InlineData("(?:a|b)*?c", true)]
    [InlineData("(?=a)", false)]
    [InlineData("(?<!a)", false)]
    [InlineData(@"(a)\1", false)]
    [InlineData("(a)(?(1)b)", false)]
    [InlineData("(?>a)", false)]
    [InlineData("a*+", false)]
    public void IsLinear_ByPattern_UnlessItNeedsBacktracking(string pattern, bool expected)
    {
        Assert.Equal(expected, PythonRegexes.Create(pattern).IsLinear);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(a*)*$")]
    [InlineData("(.*a){20}b")]
    [InlineData("((((a+)+)+)+)+$")]
    [InlineData("(?:a?){500}a{500}$")]
    [InlineData("((a|b){1,40}x?){1,40}$")]
    public void MatchesAtStart_HostileLinearPattern_IsAnsweredInTime(string pattern)
    {
        var regex = PythonRegexes.Create(pattern);
        var started = Stopwatch.GetTimestamp();

        var isMatch = regex.MatchesAtStart(new string('a', 2000) + "!", out var budgetExceeded);

        Assert.True(regex.IsLinear);
        Assert.False(isMatch);
        Assert.False(budgetExceeded);
        Assert.True(Stopwatch.GetElapsedTime(started) < Soon);
    }

    [Theory]
    [InlineData("(?=(a+)+$)")]
    [InlineData(@"(a|aa)+\1?$")]
    [InlineData("(?:(?!x)(?:a|aa))+$")]
    [InlineData("(?!(?:a|aa)+$)b|a")]
    [InlineData("(?>(?:a|aa)+$)")]
    [InlineData("(?<=((?:a|aa){0}))(a+)+$")]
    public void MatchesAtStart_HostileBacktrackingPattern_TimesOutToFalse(string pattern)
    {
        var regex = PythonRegexes.Create(pattern);
        var started = Stopwatch.GetTimestamp();

        var isMatch = regex.MatchesAtStart(new string('a', 2000) + "!", out var budgetExceeded);

        Assert.False(isMatch);
        Assert.True(budgetExceeded);
        Assert.True(Stopwatch.GetElapsedTime(started) < Soon);
    }

    [Fact]
    public void MatchesAtStart_BacktrackingIntoMillionsOfChoices_GivesUpInsteadOfTakingAllMemory()
    {
        Assert.False(PythonRegexes.Create(@"(?!x)(?:[ab])*c").MatchesAtStart(new string('a', 3_000_000), out var budgetExceeded));
        Assert.True(budgetExceeded);
    }

    [Theory]
    [InlineData("(?:a(?<!b.{500}))*c")]
    [InlineData("(?:a(?:(?<=b.{500})|))*c")]
    public void MatchesAtStart_LookBehind_TheWayBackIsCharged(string pattern)
    {
        // What is looked for fails at its first character, so that all there is to charge is the way to it.
        PythonRegexes.Create(pattern).MatchesAtStart(new string('a', 1000), int.MaxValue, out var steps, out var budgetExceeded);

        Assert.False(budgetExceeded);
        Assert.InRange(steps, 1000 * 501, 1000 * 520);
    }

    [Fact]
    public void MatchesAtStart_FewerStepsThanItTakes_GivesUp()
    {
        var regex = PythonRegexes.Create("(?=a)a*b");
        Assert.True(regex.MatchesAtStart(new string('a', 1000) + "b", int.MaxValue, out var steps, out _));

        Assert.False(regex.MatchesAtStart(new string('a', 1000) + "b", steps - 1, out var taken, out var budgetExceeded));

        Assert.True(budgetExceeded);
        Assert.Equal(steps - 1, taken);
        Assert.True(regex.MatchesAtStart(new string('a', 1000) + "b", steps, out _, out _));
    }

    [Fact]
    public void MatchesAtStart_HugeTextAndHugePattern_GivesUp()
    {
        Assert.False(PythonRegexes.Create("(?:[ab]?){6000}c").MatchesAtStart(new string('a', 100_000), out var budgetExceeded));
        Assert.True(budgetExceeded);
    }

    [Fact]
    public void MatchesAtStart_AfterATimeout_AnswersOtherTextsAsBefore()
    {
        var regex = PythonRegexes.Create(@"(?:a|aa)+(?!a)$");
        regex.MatchesAtStart(new string('a', 2000) + "!", out var budgetExceeded);

        Assert.True(budgetExceeded);
        Assert.True(regex.MatchesAtStart("aaa", out budgetExceeded));
        Assert.False(budgetExceeded);
    }

    [Theory]
    [InlineData("((a{1000}){1000}){1000}")]
    [InlineData("(?:a{0,4294967294}){4294967294}")]
    [InlineData("(?:(?:a?){4000000000}){4000000000}")]
    [InlineData("a{1000000}")]
    [InlineData("(?<=a{1000000})b")]
    public void TryCreate_LargeWhenWrittenOut_IsRefusedInTime(string pattern)
    {
        var started = Stopwatch.GetTimestamp();

        Assert.StartsWith("too large", PythonRegexes.Error(pattern), StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < Soon);
    }

    [Fact]
    public void TryCreate_ManyCopiesOfNothing_IsRefusedInTime()
    {
        var pattern = "(?:b" + string.Concat(Enumerable.Repeat("()", 9_900)) + "){20000}";
        var started = Stopwatch.GetTimestamp();

        Assert.StartsWith("too large", PythonRegexes.Error(pattern), StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < Soon);
    }

    [Theory]
    [InlineData("(?:(?:){4000000000}){4000000000}a", "a")]
    [InlineData("(?:a{0}){4000000000}b", "b")]
    [InlineData("(?:){0,4000000000}(?:(?:)*)+c", "c")]
    [InlineData("(?=b)(?:){0,4000000000}(?:(?:)*)+b", "b")]
    [InlineData(@"^(?:[a-z0-9-]{1,63}\.){1,10}[a-z]{2,63}$", "www.example.com")]
    [InlineData("^.{1,5000}$", "x")]
    public void TryCreate_LargeNumbersButSmallProgram_IsAccepted(string pattern, string text)
    {
        Assert.True(PythonRegexes.Matches(pattern, text));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("(?:", ")")]
    [InlineData("(?=", ")")]
    [InlineData("(?<=", ")")]
    [InlineData("(?>", ")")]
    [InlineData("(?i:", ")*")]
    [InlineData("(?(1)", ")")]
    [InlineData("(?P<a>", ")")]
    public void TryCreate_NestedTooDeeply_IsRefused(string open, string close)
    {
        const int Depth = 2_000;
        var pattern = string.Concat(Enumerable.Repeat(open, Depth)) + string.Concat(Enumerable.Repeat(close, Depth));

        Assert.False(PythonRegex.TryCreate(pattern, out _, out _));
        Assert.False(PythonRegex.TryCreate(pattern[..(Depth * open.Length)], out _, out _));
    }

    [Fact]
    public void TryCreate_NestedAsDeepAsAllowed_RunsOnASmallStack()
    {
        var pattern = string.Concat(Enumerable.Repeat("(?=(?:", 100)) + "a" + string.Concat(Enumerable.Repeat("))", 100));
        var isMatch = false;

        var thread = new Thread(
            () => isMatch = PythonRegex.TryCreate(pattern, out var regex, out _) && regex.MatchesAtStart("a", out _),
            maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();

        Assert.True(isMatch);
    }

    [Fact]
    public void TryCreate_VeryLongPattern_IsRefused()
    {
        Assert.StartsWith("too large", PythonRegexes.Error(new string('a', 20_001)), StringComparison.Ordinal);
        Assert.StartsWith("too large", PythonRegexes.Error(new string('a', 20_000)), StringComparison.Ordinal);
        Assert.False(PythonRegexes.Matches(new string('a', 19_999), "a"));
    }

    [Fact]
    public void TryCreate_WideSetsWithoutRegardToCase_AreBuiltInTime()
    {
        var pattern = "(?i)" + string.Concat(Enumerable.Repeat("[\u0001-\uFFFE]", 3_900));
        var started = Stopwatch.GetTimestamp();

        Assert.False(PythonRegexes.Matches(pattern, "a"));
        Assert.True(Stopwatch.GetElapsedTime(started) < Soon);
    }
}
