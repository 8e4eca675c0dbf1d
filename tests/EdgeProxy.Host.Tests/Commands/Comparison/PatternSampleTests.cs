using EdgeProxy.Engine.Languages.Regexes.Python;
using EdgeProxy.Host.Commands.Comparison;

namespace EdgeProxy.Host.Tests.Commands.Comparison;

/// <summary>Texts that are made from patterns match them.</summary>
public sealed class PatternSampleTests
{
    [Theory]
    [InlineData("^[a-z]+@example\\.com$")]
    [InlineData("\\d{3}-\\d{4}")]
    [InlineData("(?P<a>x|yy)(z?)(?P=a)")]
    [InlineData("^(?i:abc)[^a-zA-Z0-9]\\w+$")]
    [InlineData("(a|b)*c{2,}")]
    [InlineData("(a)?(?(1)b|c)")]
    [InlineData("(?>ab+)c")]
    [InlineData("ü|ö")]
    public void Of_Pattern_TextsThatMatch(string pattern)
    {
        Assert.True(PythonRegex.TryCreate(pattern, out var regex, out _));

        var samples = PatternSample.Of(pattern);

        Assert.InRange(samples.Count, 1, 2);
        Assert.All(samples, text => Assert.True(regex.MatchesAtStart(text, out _), text));
    }

    [Fact]
    public void Of_HugeRepetition_Bounded() => Assert.All(PatternSample.Of("(a{1000}){1000}"), static text => Assert.InRange(text.Length, 1, 500));

    [Fact]
    public void Of_Error_None() => Assert.Empty(PatternSample.Of("(a"));
}
