using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Explanations;

/// <summary>docs/spec/explain.md 2.4: the variants of a feature, where there is no identity to pick one for.</summary>
public sealed class OfferedVariantsTests
{
    private const string Key = "a-client-side-key";

    [Fact]
    public async Task Explain_NoIdentity_VariantsOfTheEnvironmentsOwnStates()
    {
        await using var proxy = await TestProxy.ServeAsync(Document());

        var flags = await ExplainAsync(proxy, HttpMethod.Get, body: null);

        Assert.Equal("""[{"value":"red","key":"r","weight":30},{"value":7,"key":null,"weight":12.5}]""", flags[0]!["offers"]!.ToJsonString());
        Assert.Equal("[]", flags[1]!["offers"]!.ToJsonString());
        Assert.Null(flags[0]!["variants"]);
    }

    [Fact]
    public async Task Explain_Identity_LeftOut()
    {
        await using var proxy = await TestProxy.ServeAsync(Document());

        var flags = await ExplainAsync(proxy, HttpMethod.Post, """{"identifier":"ada"}""");

        Assert.All(flags, static flag => Assert.False(flag!.AsObject().ContainsKey("offers")));
        Assert.NotNull(flags[0]!["variants"]);
    }

    private static async Task<JsonArray> ExplainAsync(TestProxy proxy, HttpMethod method, string? body)
    {
        using var response = await proxy.SendAsync(method, "/proxy/explain", Key, body);
        Assert.Equal(200, (int)response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["flags"]!.AsArray();
    }

    private static string Document()
    {
        var document = Documents.Small(Key);
        document["feature_states"]![0]!["multivariate_feature_state_values"] = new JsonArray(Variant(1, "red", "r", 30), Variant(2, 7, null, 12.5));
        return document.ToJsonString();
    }

    private static JsonObject Variant(int id, JsonNode value, string? key, double weight) => new()
    {
        ["id"] = id,
        ["percentage_allocation"] = weight,
        ["multivariate_feature_option"] = new JsonObject { ["value"] = value, ["key"] = key },
    };
}
