using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Explanations;

/// <summary>docs/spec/explain.md 1.3: an answer stays as large as a browser can show, and says what it leaves out.</summary>
public sealed class LargeExplanationTests
{
    private const string Key = "a-client-side-key";
    private const int Segments = 12;
    private const int OperandLength = 1_000_000;

    [Fact]
    public async Task Explain_RulesOfManyMegabytes_TheFirstOnly()
    {
        await using var proxy = await TestProxy.ServeAsync(Document());

        using var response = await proxy.SendAsync(HttpMethod.Post, "/proxy/explain", Key, """{"identifier":"ada","traits":[{"trait_key":"plan","trait_value":"pro"}]}""");

        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(200, (int)response.StatusCode);
        Assert.InRange(text.Length, 8 * OperandLength, 10 * OperandLength);
        var flags = JsonNode.Parse(text)!["flags"]!.AsArray();
        Assert.Equal(["plain", "off", "secret", "targeted"], flags.Select(static flag => (string)flag!["feature"]!));
        var candidates = flags[3]!["candidates"]!.AsArray();
        Assert.Equal(1 + Segments, candidates.Count);
        Assert.NotNull(candidates[1]!["rules"]);
        Assert.Null(candidates[1]!["rules_omitted"]);
        Assert.Null(candidates[Segments]!["rules"]);
        Assert.True((bool?)candidates[Segments]!["rules_omitted"]);
        Assert.False((bool)candidates[Segments]!["matched"]!);
    }

    private static string Document()
    {
        var document = Documents.Small(Key);
        document["project"]!["segments"] = new JsonArray([.. Enumerable.Range(1, Segments).Select(static id => new JsonObject
        {
            ["id"] = id,
            ["name"] = $"segment {id}",
            ["rules"] = new JsonArray(new JsonObject
            {
                ["type"] = "ALL",
                ["rules"] = new JsonArray(),
                ["conditions"] = new JsonArray(new JsonObject { ["operator"] = "CONTAINS", ["property_"] = "plan", ["value"] = new string('x', OperandLength) }),
            }),
            ["feature_states"] = new JsonArray(Documents.State(4, "targeted", true, "beta")),
        })]);
        return document.ToJsonString();
    }
}
