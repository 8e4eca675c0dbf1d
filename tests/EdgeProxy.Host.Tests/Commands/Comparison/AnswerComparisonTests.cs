using System.Text;
using EdgeProxy.Host.Commands.Comparison;

namespace EdgeProxy.Host.Tests.Commands.Comparison;

/// <summary>Differences of two answers, and those that are harmless.</summary>
public sealed class AnswerComparisonTests
{
    private const string Flag = """{"feature":{"id":1,"name":"a","type":"STANDARD"},"enabled":true,"feature_state_value":1.0}""";
    private const string Other = """{"feature":{"id":2,"name":"b","type":"STANDARD"},"enabled":false,"feature_state_value":"x"}""";

    [Fact]
    public void Compare_IdentitiesAndPlainLists_TheSameFlags() => Assert.Empty(Compare($"[{Flag}]", $$"""{"identifier":"ada","traits":[],"flags":[{{Flag}}]}""", out _));

    [Theory]
    [InlineData("\"feature_state_value\":1.0", "\"feature_state_value\":1", HarmlessDifference.NumberSpelling)]
    [InlineData("\"enabled\":true", "\"enabled\":true,\"reason\":\"DEFAULT\"", HarmlessDifference.Members)]
    public void Compare_WhatSdksDoNotNotice_Harmless(string before, string after, object expected)
    {
        Assert.Empty(Compare($"[{Flag}]", $"[{Flag.Replace(before, after, StringComparison.Ordinal)}]", out var harmless));
        Assert.Equal([(HarmlessDifference)expected], harmless);
    }

    [Fact]
    public void Compare_AnotherOrder_Harmless()
    {
        Assert.Empty(Compare($"[{Flag},{Other}]", $"[{Other},{Flag}]", out var harmless));
        Assert.Equal([HarmlessDifference.Order], harmless);
    }

    [Theory]
    [InlineData("\"enabled\":true", "\"enabled\":false", "here on with 1.0, there off with 1.0")]
    [InlineData("\"feature_state_value\":1.0", "\"feature_state_value\":\"1.0\"", "here on with 1.0, there on with \"1.0\"")]
    [InlineData("\"feature_state_value\":1.0", "\"feature_state_value\":null", "here on with 1.0, there on with null")]
    [InlineData("\"feature_state_value\":1.0", "\"feature_state_value\":1.0000000000000002", "here on with 1.0, there on with 1.0000000000000002")]
    public void Compare_AnotherFlag_Difference(string before, string after, string expected) =>
        Assert.EndsWith(expected, Assert.Single(Compare($"[{Flag}]", $"[{Flag.Replace(before, after, StringComparison.Ordinal)}]", out _)).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Compare_Statuses_DifferenceUnlessBothFail()
    {
        var good = FlagsAnswer.Read(200, Encoding.UTF8.GetBytes($"[{Flag}]"));
        var bad = FlagsAnswer.Read(401, "{}"u8);
        var html = FlagsAnswer.Read(200, "<html>"u8);

        Assert.EndsWith("here status 200, there status 401", Assert.Single(Compare(good, bad, out _)).ToString(), StringComparison.Ordinal);
        Assert.EndsWith("here status 200, there no flags", Assert.Single(Compare(good, html, out _)).ToString(), StringComparison.Ordinal);
        Assert.Empty(Compare(bad, bad, out _));
    }

    private static IReadOnlyList<Difference> Compare(string here, string there, out ISet<HarmlessDifference> harmless) =>
        Compare(FlagsAnswer.Read(200, Encoding.UTF8.GetBytes(here)), FlagsAnswer.Read(200, Encoding.UTF8.GetBytes(there)), out harmless);

    private static IReadOnlyList<Difference> Compare(FlagsAnswer here, FlagsAnswer there, out ISet<HarmlessDifference> harmless)
    {
        harmless = new HashSet<HarmlessDifference>();
        return AnswerComparison.Compare(Question.OfEnvironment, here, there, harmless);
    }
}
