namespace EdgeProxy.Host.Tests.Explanations;

/// <summary>Ten questions that support gets, each with the sentence that is answered.</summary>
public sealed class SupportQuestionTests(SupportFixture fixture) : IClassFixture<SupportFixture>
{
    private const string Ada = """{"identifier":"ada","traits":[{"trait_key":"plan","trait_value":"enterprise"},{"trait_key":"seats","trait_value":120}]}""";

    [Fact]
    public async Task Explain_KeyOfAnotherEnvironment_SaysWhichHasTheFeature()
    {
        var (status, answer) = await fixture.AskAsync(Ada, "?feature=dashboard", SupportFixture.OtherKey);

        Assert.Equal(404, status);
        Assert.Equal("environment 'Staging' has no feature 'dashboard', but 'Production' has: is this the key of the right environment?", (string?)answer["message"]);
    }

    [Fact]
    public async Task Explain_TraitSentAsTextTrue_SaysThatABooleanWouldMatch() => await CheckAsync(
        "beta",
        """{"identifier":"ada","traits":[{"trait_key":"tester","trait_value":"true"}]}""",
        "off: the setting of the environment; segment testers does not match (tester \"true\" is not \"True\" (it was sent as text; sent as the boolean true, it would match));"
        + " clients do not get it, because it is off and the environment hides disabled flags");

    [Fact]
    public async Task Explain_TraitNotSent_SaysSo() => await CheckAsync(
        "staff",
        """{"identifier":"ada"}""",
        "off: the setting of the environment; segment colleagues does not match (email was not sent); clients do not get it, because it is off and the environment hides disabled flags");

    [Fact]
    public async Task Explain_StrongerSegmentWon_SaysWhichLost()
    {
        await CheckAsync("dashboard", Ada, "on with \"insights\": segment enterprise matches (plan \"enterprise\" is one of pro, enterprise; seats 120 > 100) and is the strongest of 2 that do");

        var flag = await fixture.FlagAsync("dashboard", Ada, "&all=true");
        var weaker = flag["candidates"]![2]!;
        Assert.True((bool)weaker["matched"]!);
        Assert.True((bool)weaker["lost"]!);
        Assert.Equal("enterprise", (string?)weaker["lost_to"]);
        Assert.Equal("it matches (plan \"enterprise\" is there), but segment enterprise is stronger", (string?)weaker["because"]);
    }

    [Fact]
    public async Task Explain_IdentityOverride_SaysThatItIsOfTheIdentity()
    {
        const string Grace = """{"identifier":"grace","traits":[{"trait_key":"plan","trait_value":"pro"}]}""";
        await CheckAsync("dashboard", Grace, "on with \"own\": \"grace\" has an override of its own");

        var candidates = (await fixture.FlagAsync("dashboard", Grace, "&all=true"))["candidates"]!;
        Assert.False((bool)candidates[1]!["matched"]!);
        Assert.Null(candidates[1]!["lost_to"]);
        Assert.Equal("identity_override", (string?)candidates[2]!["lost_to"]);
    }

    [Fact]
    public async Task Explain_PercentageSplit_SaysBucketAndThreshold()
    {
        const string Body = """{"identifier":"ada"}""";
        await CheckAsync(
            "rollout",
            Body,
            "off: the setting of the environment; segment a tenth does not match (the identity is at 86.1572 of 100, beyond the first 10 %); clients do not get it, because it is off and the environment hides disabled flags");

        var condition = (await fixture.FlagAsync("rollout", Body))["candidates"]![1]!["rules"]!["rules"]![0]!["conditions"]![0]!;
        Assert.Equal(10, (double)condition["threshold"]!);
        Assert.Equal("identity_key", (string?)condition["found"]);
        Assert.Equal("n9fbf9h3…_ada", (string?)condition["value"]);
    }

    [Fact]
    public async Task Explain_DisabledAndHidden_SaysThatClientsDoNotGetIt() => await CheckAsync(
        "off",
        """{"identifier":"ada"}""",
        "off: the setting of the environment, which nothing overrides; clients do not get it, because it is off and the environment hides disabled flags");

    [Fact]
    public async Task Explain_ServerKeyOnly_SaysThatClientsDoNotGetIt() => await CheckAsync(
        "secret",
        """{"identifier":"ada"}""",
        "on with 7: the setting of the environment, which nothing overrides; clients do not get it, because it is for server-side keys only");

    [Fact]
    public async Task Explain_ExpressionFurtherIn_SaysThatItStartsAtTheStart() => await CheckAsync(
        "staff",
        """{"identifier":"ada","traits":[{"trait_key":"email","trait_value":"ada@example.com"}]}""",
        "off: the setting of the environment; segment colleagues does not match (email \"ada@example.com\" does not match @example\\.com$ at its start, only further in:"
        + " an expression has to match from the first character); clients do not get it, because it is off and the environment hides disabled flags");

    [Fact]
    public async Task Explain_ZerosInFront_SaysThatTheTextCountsAsNumber() => await CheckAsync(
        "agents",
        """{"identifier":"bond","traits":[{"trait_key":"code","trait_value":"007"}]}""",
        "off: the setting of the environment; segment double-oh does not match (code \"007\" (which counts as the number 7) is not one of 007, 008);"
        + " clients do not get it, because it is off and the environment hides disabled flags");

    private async Task CheckAsync(string feature, string body, string sentence) =>
        Assert.Equal(sentence, (string?)(await fixture.FlagAsync(feature, body))["summary"]);
}
