using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Explanations;

/// <summary>docs/spec/explain.md 3: what an explanation says of a condition.</summary>
public sealed class ConditionAnswerTests
{
    private const string Key = "a-client-side-key";

    [Theory]
    [InlineData("plan", "IN", "pro,enterprise", "\"enterprise\"", """{"operand":["pro","enterprise"],"found":"trait","value":"enterprise","as":"string","text":"enterprise","result":true}""")]
    [InlineData("plan", "IN", "[1,\"b\"]", "\"c\"", """{"operand":["1","b"],"result":false}""")]
    [InlineData("seats", "GREATER_THAN", "100", "120", """{"operand":"100","value":120,"as":"integer","operand_as":"integer","result":true,"sentence":"seats 120 > 100"}""")]
    [InlineData("code", "EQUAL", "007", "\"007\"", """{"value":"007","as":"integer","text":"7","operand_as":"integer","result":true}""")]
    [InlineData("ratio", "LESS_THAN", "2.5", "1.5", """{"as":"float","operand_as":"float","result":true}""")]
    [InlineData("ratio", "LESS_THAN", "many", "1.5", """{"as":"float","operand_as":null,"problem":"\"many\" is not a number, so the two cannot be compared","result":false}""")]
    [InlineData("app", "GREATER_THAN", "1.0.0:semver", "\"1.2.0\"", """{"as":"string","operand_as":"version","problem":null,"result":true}""")]
    [InlineData("app", "GREATER_THAN", "1.0.0:semver", "\"next\"", """{"operand_as":null,"problem":"it is not a semantic version, which has three numbers, such as 1.2.0","result":false}""")]
    [InlineData("app", "GREATER_THAN", "first:semver", "\"1.2.0\"", """{"operand_as":null,"problem":"\"first\" is not a semantic version","result":false}""")]
    [InlineData("tester", "EQUAL", "True", "true", """{"value":true,"as":"boolean","text":"True","operand_as":"boolean","result":true}""")]
    [InlineData("email", "REGEX", "a(b", "\"ab\"", """{"operand":"a(b","operand_as":null,"result":false}""")]
    [InlineData("plan", "EQUAL", "pro", null, """{"found":"missing","value":null,"as":null,"result":false,"sentence":"plan was not sent"}""")]
    [InlineData("plan", "EQUAL", "pro", "null", """{"found":"null","as":null,"result":false,"sentence":"plan is null, which counts as not sent"}""")]
    [InlineData("$.identity.identifier", "EQUAL", "ada", null, """{"found":"path","value":"ada","result":true}""")]
    [InlineData("$.identity[", "EQUAL", "ada", null, """{"found":"invalid_path","result":false}""")]
    [InlineData("$.flags.plain.enabled", "EQUAL", "true", null, """{"found":"flag","flag":"plain","value":true,"circular":null,"result":true,"sentence":"flag plain is on"}""")]
    [InlineData("$.flags.gone.enabled", "EQUAL", "true", null, """{"found":"missing","circular":null,"result":false}""")]
    [InlineData("$.flags.targeted.enabled", "EQUAL", "true", null, """{"found":"missing","flag":"targeted","circular":true,"result":false,"sentence":"flag targeted depends on itself in a circle, so it has no value"}""")]
    public async Task Post_Condition_SaysWhatItCompared(string property, string comparison, string operand, string? trait, string expected)
    {
        var condition = await AskAsync(property, comparison, operand, trait);

        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
        {
            Assert.True(JsonNode.DeepEquals(value, condition[name]), $"{name}: {condition.ToJsonString()}");
        }
    }

    [Theory]
    [InlineData("IN", Key + "_olga," + Key + "_ada")]
    [InlineData("REGEX", "^" + Key + "_a")]
    [InlineData("GREATER_THAN", Key)]
    [InlineData("GREATER_THAN", Key + ":semver")]
    [InlineData("PERCENTAGE_SPLIT", Key)]
    public async Task Post_OperandWithTheKey_Masked(string comparison, string operand)
    {
        var condition = await AskAsync("$.identity.key", comparison, operand, trait: null);

        Assert.Equal("a-client…_ada", (string?)condition["value"]);
        Assert.DoesNotContain(Key, condition.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>Explains a flag that one condition decides, and returns what is said of that condition.</summary>
    private static async Task<JsonNode> AskAsync(string property, string comparison, string operand, string? trait)
    {
        var document = Documents.Small(Key);
        document["project"]!["segments"]![0]!["rules"]![0]!["conditions"] = new JsonArray(new JsonObject
        {
            ["property_"] = property,
            ["operator"] = comparison,
            ["value"] = operand,
        });
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());
        var traits = trait is null ? "" : $$"""{"trait_key":{{JsonSerializer.Serialize(property)}},"trait_value":{{trait}}}""";
        using var response = await proxy.SendAsync(HttpMethod.Post, "/proxy/explain?feature=targeted", Key, $$"""{"identifier":"ada","traits":[{{traits}}]}""");
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(200, (int)response.StatusCode);
        var flag = Assert.Single(answer["flags"]!.AsArray())!;
        return (flag["rules"] ?? flag["candidates"]![1]!["rules"])!["rules"]![0]!["conditions"]![0]!;
    }
}
