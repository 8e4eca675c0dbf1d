using System.Net.Http.Headers;

namespace EdgeProxy.Host.Tests.Traits;

/// <summary>Identities of OpenFeature providers are forwarded like those of SDKs (docs/spec/traits.md 2.1 and docs/spec/ofrep.md 3.4).</summary>
public sealed class OfrepIdentityTests
{
    private const string All = "/ofrep/v1/evaluate/flags";
    private const string One = All + "/plain";

    [Theory]
    [InlineData(All)]
    [InlineData(One)]
    public async Task Evaluate_ContextWithAttributes_OneCallWithTheKeyOfTheProvider(string path)
    {
        await using var fixture = await TraitProxy.StartAsync();
        using var response = await fixture.Proxy.SendAsync(
            HttpMethod.Post,
            path,
            key: null,
            """{"context":{"targetingKey":"b\u006fb","plan":"free","age":4.20e1,"list":[1],"gone":null,"traits":{"plan":"pro"}}}""",
            ("Authorization", "Bearer ser.a"));
        Assert.Equal(200, (int)response.StatusCode);

        await fixture.UntilCallsAsync(1);

        var call = Assert.Single(fixture.Calls);
        Assert.Equal(
            """{"identifier":"bob","traits":[{"trait_key":"age","trait_value":4.20e1},{"trait_key":"gone","trait_value":null},{"trait_key":"plan","trait_value":"pro"}]}""",
            call.Body);
        Assert.Equal("ser.a", call.Header("X-Environment-Key"));
    }

    [Theory]
    [InlineData("""{"context":{"targetingKey":7.50,"t":1}}""", """{"identifier":"7.50","traits":[{"trait_key":"t","trait_value":1}]}""")]
    [InlineData("""{"context":{"targetingKey":"no","x":1},"context":{"targetingKey":"yes","t":2}}""", """{"identifier":"yes","traits":[{"trait_key":"t","trait_value":2}]}""")]
    public async Task Evaluate_UnusualContext_TheIdentityThatWasEvaluated(string body, string expected)
    {
        await using var fixture = await TraitProxy.StartAsync();

        await PostAsync(fixture, All, body, 200);
        await fixture.UntilCallsAsync(1);

        Assert.Equal(expected, Assert.Single(fixture.Calls).Body);
    }

    [Fact]
    public async Task Evaluate_AnswerIsKnown_ForwardedAllTheSame()
    {
        await using var fixture = await TraitProxy.StartAsync();
        var tag = await PostAsync(fixture, All, """{"context":{"targetingKey":"bob","age":1}}""", 200);
        await fixture.UntilCallsAsync(1);

        await PostAsync(fixture, All, """{"context":{"targetingKey":"bob","age":2}}""", 304, ("If-None-Match", tag!.ToString()));
        await fixture.UntilCallsAsync(2);

        Assert.Equal("""{"identifier":"bob","traits":[{"trait_key":"age","trait_value":2}]}""", fixture.Calls[1].Body);
    }

    [Theory]
    [InlineData(All, "{}", 200)]
    [InlineData(All, """{"context":{"plan":"pro"}}""", 200)]
    [InlineData(All, """{"context":{"targetingKey":"bob"}}""", 200)]
    [InlineData(One, """{"context":{"targetingKey":"bob","list":[1],"object":{"plan":"pro"}}}""", 200)]
    [InlineData(All, """{"context":{"targetingKey":true,"plan":"pro"}}""", 400)]
    [InlineData(All + "/unknown", """{"context":{"targetingKey":"bob","plan":"pro"}}""", 404)]
    public async Task Evaluate_NothingToStore_NotForwarded(string path, string body, int status)
    {
        await using var fixture = await TraitProxy.StartAsync();

        await PostAsync(fixture, path, body, status);

        await AssertNothingSentAsync(fixture);
    }

    [Fact]
    public async Task Evaluate_ForwardingOff_NotForwarded()
    {
        await using var fixture = await TraitProxy.StartAsync(static options => options with { IsEnabled = false });

        await PostAsync(fixture, All, """{"context":{"targetingKey":"bob","plan":"pro"}}""", 200);

        await AssertNothingSentAsync(fixture);
    }

    [Fact]
    public async Task Evaluate_ClientsMayNotSetTraits_NotForwarded()
    {
        await using var fixture = await TraitProxy.StartAsync(change: static document => document["allow_client_traits"] = false);

        await PostAsync(fixture, All, """{"context":{"targetingKey":"bob","plan":"pro"}}""", 200);

        await AssertNothingSentAsync(fixture);
    }

    [Fact]
    public async Task Evaluate_ClientTraitsNotInEvaluation_ForwardedAndNotEvaluated()
    {
        await using var fixture = await TraitProxy.StartAsync(change: static document => document["allow_client_traits_in_evaluation"] = false);
        using var response = await fixture.Proxy.SendAsync(HttpMethod.Post, All, "a", """{"context":{"targetingKey":"bob","plan":"pro"}}""");

        await fixture.UntilCallsAsync(1);

        Assert.Equal("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}]}""", Assert.Single(fixture.Calls).Body);
        Assert.DoesNotContain("\"beta\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Posts a context with the client-side key.</summary>
    /// <returns>The tag of the answer; null for none.</returns>
    private static async Task<EntityTagHeaderValue?> PostAsync(TraitProxy fixture, string path, string body, int status, params (string Name, string Value)[] headers)
    {
        using var response = await fixture.Proxy.SendAsync(HttpMethod.Post, path, "a", body, headers);
        Assert.Equal(status, (int)response.StatusCode);
        return response.Headers.ETag;
    }

    private static async Task AssertNothingSentAsync(TraitProxy fixture)
    {
        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        await fixture.Proxy.StopAsync();
        Assert.Empty(fixture.Calls);
    }
}
