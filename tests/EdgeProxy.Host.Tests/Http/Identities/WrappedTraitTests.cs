using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Identities;

/// <summary>Trait values as the Elixir SDK sends them: <c>{"value":…,"type":…}</c>.</summary>
public sealed class WrappedTraitTests
{
    [Theory]
    [InlineData("""{"value":"pro","type":"string"}""", "beta", "\"pro\"")]
    [InlineData("""{ "type" : "string" , "value" : "pr\u006f" }""", "beta", "\"pr\\u006f\"")]
    [InlineData("""{"value":"pro"}""", "beta", "\"pro\"")]
    [InlineData("""{"v\u0061lue":"pro","type":"\u0073tring"}""", "beta", "\"pro\"")]
    [InlineData("""{"value":1.50,"type":"float"}""", "none", "1.50")]
    [InlineData("""{"value":42,"type":"integer"}""", "none", "42")]
    [InlineData("""{"value":true,"type":"boolean"}""", "beta", "true")]
    [InlineData("""{"value":null,"type":"string"}""", "none", "null")]
    [InlineData("""{"value":{},"value":"pro","type":"string"}""", "beta", "\"pro\"")]
    public async Task Post_WrappedValue_TheValueItself(string value, string expected, string echoed)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        var answer = await proxy.PostIdentityAsync("env", $$"""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":{{value}}}]}""");

        Assert.Equal(expected, Value(answer, "targeted"));
        Assert.Contains($$"""[{"trait_key":"plan","trait_value":{{echoed}}}]""", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":"string"}""")]
    [InlineData("""{"value":"pro","type":"other"}""")]
    [InlineData("""{"value":"pro","type":null}""")]
    [InlineData("""{"value":"pro","type":["string"]}""")]
    [InlineData("""{"value":"pro","type":"string","more":1}""")]
    [InlineData("""{"value":{"value":"pro"}}""")]
    [InlineData("""{"value":["pro"],"type":"string"}""")]
    [InlineData("""["pro"]""")]
    public async Task Post_AnyOtherObject_422(string value)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(
            HttpMethod.Post, "/api/v1/identities/", "env", $$"""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":{{value}}}]}""");

        Assert.Equal(422, (int)response.StatusCode);
        AssertJson.Equal(
            """{"detail":[{"type":"string_type","loc":["body","traits",0,"trait_value"],"msg":"Input should be a valid string"}]}""",
            await response.Content.ReadAsStringAsync());
    }

    private static string? Value(string answer, string feature) => (string?)JsonNode.Parse(answer)!["flags"]!.AsArray()
        .Single(flag => (string?)flag!["feature"]!["name"] == feature)!["feature_state_value"];
}
