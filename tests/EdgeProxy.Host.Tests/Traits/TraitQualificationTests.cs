using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Tests.Traits;

/// <summary>Selection of the identities that are forwarded (docs/spec/traits.md 2.1 and 2.2).</summary>
public sealed class TraitQualificationTests
{
    [Fact]
    public async Task Post_TraitsOfEveryType_OneCallAsSent()
    {
        await using var fixture = await TraitProxy.StartAsync();
        using var response = await fixture.Proxy.SendAsync(
            HttpMethod.Post,
            TraitProxy.Identities,
            "a",
            """{"identifier":"b\u006fb","traits":[{"trait_key":"s","trait_value":"a\"b"},{"trait_key":"n","trait_value":1.50e1},{"trait_key":"b","trait_value":true},{"trait_value":null,"trait_key":"gone"},{"trait_key":"w","trait_value":{"value":7,"type":"integer"}},{"trait_key":"n","trait_value":2.0},{"trait_key":"no value"}]}""",
            ("Flagsmith-Application-Name", "shop"),
            ("User-Agent", "flagsmith-python-sdk/5.0.0"));
        Assert.Equal(200, (int)response.StatusCode);

        await fixture.UntilCallsAsync(1);

        var call = Assert.Single(fixture.Calls);
        Assert.Equal(
            """{"identifier":"bob","traits":[{"trait_key":"b","trait_value":true},{"trait_key":"gone","trait_value":null},{"trait_key":"n","trait_value":2.0},{"trait_key":"no value","trait_value":null},{"trait_key":"s","trait_value":"a\"b"},{"trait_key":"w","trait_value":7}]}""",
            call.Body);
        Assert.Equal("POST", call.Method);
        Assert.Equal("a", call.Header("X-Environment-Key"));
        Assert.Equal("application/json", call.Header("Content-Type"));
        Assert.StartsWith("EdgeProxy/", call.Header("User-Agent"), StringComparison.Ordinal);
        Assert.Equal("shop", call.Header("Flagsmith-Application-Name"));
        Assert.Equal("flagsmith-python-sdk/5.0.0", call.Header("Flagsmith-SDK-User-Agent"));
    }

    [Theory]
    [InlineData("""{"identifier":"bob"}""")]
    [InlineData("""{"identifier":"bob","traits":[]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"t","trait_value":1,"transient":true}]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"t","trait_value":1,"transient":"yes"}]}""")]
    [InlineData("""{"transient":true,"identifier":"bob","traits":[{"trait_key":"t","trait_value":1}]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"t","trait_value":1}],"tr\u0061nsient":1}""")]
    [InlineData("""{"traits":[{"trait_key":"t","trait_value":1}]}""")]
    [InlineData("""{"identifier":"","traits":[{"trait_key":"t","trait_value":1}]}""")]
    [InlineData("""{"identifier":" \u00a0","traits":[{"trait_key":"t","trait_value":1}]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":" ","trait_value":1}]}""")]
    public async Task Post_NothingToStore_NotForwarded(string body)
    {
        await using var fixture = await TraitProxy.StartAsync();

        await fixture.Proxy.PostIdentityAsync("a", body);
        await fixture.Proxy.PostIdentityAsync("ser.a", body);

        await AssertNothingSentAsync(fixture);
    }

    [Fact]
    public async Task Post_OneTransientTrait_TheOthersForwarded()
    {
        await using var fixture = await TraitProxy.StartAsync();

        var answer = await fixture.PostAsync("a", "bob", TraitProxy.Trait("hidden", "1", ",\"transient\":true"), TraitProxy.Trait("plan", "\"pro\"", ",\"transient\":false"));
        await fixture.UntilCallsAsync(1);

        Assert.Equal("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}]}""", Assert.Single(fixture.Calls).Body);
        Assert.Contains("""[{"trait_key":"hidden","trait_value":1,"transient":true},{"trait_key":"plan","trait_value":"pro"}]""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ForwardingOff_NothingSentAndTransientNotMarked()
    {
        await using var fixture = await TraitProxy.StartAsync(static options => options with { IsEnabled = false });

        var answer = await fixture.PostAsync("a", "bob", TraitProxy.Trait("t", "1", ",\"transient\":true"), TraitProxy.Trait("plan", "1"));

        Assert.Contains("""[{"trait_key":"t","trait_value":1},{"trait_key":"plan","trait_value":1}]""", answer, StringComparison.Ordinal);
        await AssertNothingSentAsync(fixture);
    }

    [Fact]
    public async Task Post_TraitsAreNotToBeStored_NotForwarded()
    {
        await using var fixture = await TraitProxy.StartAsync(
            static options => options with { Identities = ForwardedIdentities.All },
            static document => document["project"]!["organisation"] = new JsonObject { ["persist_trait_data"] = false });

        await fixture.PostAsync("ser.a", "bob", TraitProxy.Trait("t", "1"));
        using var trait = await fixture.Proxy.SendAsync(HttpMethod.Post, TraitProxy.SetTrait, "ser.a", """{"identity":{"identifier":"bob"},"trait_key":"t","trait_value":1}""");

        Assert.Equal(200, (int)trait.StatusCode);
        await AssertNothingSentAsync(fixture);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_ClientsMayNotSetTraits_NeverTheirTraitsAndNeverAnotherKey(bool isAll)
    {
        var identities = isAll ? ForwardedIdentities.All : ForwardedIdentities.WithTraits;
        await using var fixture = await TraitProxy.StartAsync(options => options with { Identities = identities }, static document => document["allow_client_traits"] = false);

        await fixture.PostAsync("a", "client", TraitProxy.Trait("t", "1"));
        await fixture.PostAsync("ser.a", "server", TraitProxy.Trait("t", "2"));
        await fixture.UntilCallsAsync(isAll ? 2 : 1);
        await fixture.UntilIdleAsync();

        string[] expected =
        [
            .. isAll ? (string[])["""a {"identifier":"client","traits":[]}"""] : [],
            """ser.a {"identifier":"server","traits":[{"trait_key":"t","trait_value":2}]}""",
        ];
        Assert.Equal(expected, fixture.Calls.Select(static call => $"{call.Header("X-Environment-Key")} {call.Body}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Post_ClientTraitsOnlyInEvaluation_EvaluatedAndNotForwarded()
    {
        await using var fixture = await TraitProxy.StartAsync(change: static document =>
        {
            document["allow_client_traits"] = false;
            document["allow_client_traits_in_evaluation"] = true;
        });

        var answer = await fixture.PostAsync("a", "bob", TraitProxy.Trait("plan", "\"pro\""));

        Assert.Contains("\"beta\"", answer, StringComparison.Ordinal);
        await AssertNothingSentAsync(fixture);
    }

    [Fact]
    public async Task Post_ClientTraitsNotInEvaluation_ForwardedAndNotEvaluated()
    {
        await using var fixture = await TraitProxy.StartAsync(change: static document => document["allow_client_traits_in_evaluation"] = false);

        var answer = await fixture.PostAsync("a", "bob", TraitProxy.Trait("plan", "\"pro\""));

        Assert.DoesNotContain("\"beta\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"traits\":[]", answer, StringComparison.Ordinal);
        await fixture.UntilCallsAsync(1);
        Assert.Equal("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}]}""", Assert.Single(fixture.Calls).Body);
    }

    [Fact]
    public async Task Get_AllIdentities_ForwardedUnlessTransient()
    {
        await using var fixture = await TraitProxy.StartAsync(static options => options with { Identities = ForwardedIdentities.All });
        foreach (var query in (string[])["identifier=one", "identifier=two&transient=", "identifier=three&transient=false", "identifier=four&transient=true", "identifier=", "identifier=five&feature=plain"])
        {
            await fixture.Proxy.GetAsync($"{TraitProxy.Identities}?{query}", "a");
        }

        await fixture.UntilCallsAsync(3);
        await fixture.UntilIdleAsync();

        Assert.Equal(["""{"identifier":"five","traits":[]}""", """{"identifier":"one","traits":[]}""", """{"identifier":"two","traits":[]}"""], fixture.Calls.Select(static call => call.Body).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Get_OnlyThoseWithTraits_NotForwarded()
    {
        await using var fixture = await TraitProxy.StartAsync();

        await fixture.Proxy.GetAsync($"{TraitProxy.Identities}?identifier=one", "ser.a");

        await AssertNothingSentAsync(fixture);
    }

    [Fact]
    public async Task Post_IdentifierThatWasMadeFromTheTraits_NotForwarded()
    {
        await using var fixture = await TraitProxy.StartAsync();
        string[] traits = [TraitProxy.Trait("plan", "\"pro\""), TraitProxy.Trait("\\u0061ge", "42"), TraitProxy.Trait("beta", "true")];
        var answer = JsonNode.Parse(await fixture.PostAsync("a", "", traits))!;
        var identifier = (string)answer["identifier"]!;

        await fixture.PostAsync("a", identifier, traits);
        await fixture.PostAsync("a", new string('a', 64), traits);
        await fixture.UntilCallsAsync(1);
        await fixture.UntilIdleAsync();

        Assert.Equal(64, identifier.Length);
        Assert.StartsWith("{\"identifier\":\"aaaa", Assert.Single(fixture.Calls).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_IdentifierInTheQuery_Forwarded()
    {
        await using var fixture = await TraitProxy.StartAsync();
        using var response = await fixture.Proxy.SendAsync(HttpMethod.Post, $"{TraitProxy.Identities}?identifier=b%C3%B6b", "a", """{"traits":[{"trait_key":"t","trait_value":1}]}""");

        await fixture.UntilCallsAsync(1);

        Assert.Equal("""{"identifier":"böb","traits":[{"trait_key":"t","trait_value":1}]}""", Assert.Single(fixture.Calls).Body);
    }

    [Fact]
    public async Task Post_KeyThatTheApiRejects_TheOthersForwarded()
    {
        await using var fixture = await TraitProxy.StartAsync();

        await fixture.PostAsync("a", "bob", TraitProxy.Trait(new string('k', 201), "1"), TraitProxy.Trait(new string('é', 200), "2"));
        await fixture.UntilCallsAsync(1);

        Assert.DoesNotContain("kkk", Assert.Single(fixture.Calls).Body, StringComparison.Ordinal);
        Assert.Equal(1, (await Exposition.OfAsync(fixture.Proxy)).Sum("edgeproxy_traits_invalid_keys_total"));
    }

    private static async Task AssertNothingSentAsync(TraitProxy fixture)
    {
        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        await fixture.Proxy.StopAsync();
        Assert.Empty(fixture.Calls);
    }
}
