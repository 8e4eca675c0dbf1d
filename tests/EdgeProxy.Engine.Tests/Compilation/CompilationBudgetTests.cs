using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Compilation;

/// <summary>A document that asks for much more work than its length suggests is rejected, with the place (docs/spec/evaluation.md 1.8).</summary>
public sealed class CompilationBudgetTests
{
    // Each is written out as some 5,000 instructions, out of 24 characters.
    private static readonly Func<int, JsonObject> Repeats = static i => Condition("REGEX", $"t{i}", $"^(a{{1,50}}b{i}){{1,50}}$");

    [Theory]
    [InlineData("repeats")]
    [InlineData("too large")]
    [InlineData("letter case")]
    [InlineData("look-behind")]
    [InlineData("query")]
    [InlineData("one query")]
    [InlineData("query of flags")]
    public void Compile_ExpressionsLongerThanTheBudgetWrittenOut_RejectedWithThePlace(string shape)
    {
        JsonObject[] conditions = shape switch
        {
            "repeats" => [.. Enumerable.Range(0, 5_000).Select(Repeats)],
            "too large" => [.. Enumerable.Range(0, 1_000).Select(static i => Condition("REGEX", "t", $"((a{{1000}}){{1000}}){{1000}}{i}"))],
            "letter case" => [.. Enumerable.Range(0, 100).Select(static i => Condition("REGEX", "t", $"(?i){string.Concat(Enumerable.Repeat("[!-\uFFFF]", 100))}{i}"))],
            "look-behind" => [.. Enumerable.Range(0, 1_000).Select(static i => Condition("REGEX", "t", $"(?<=a{{9000}}b{{{i}}})x"))],
            "query" => [.. Enumerable.Range(0, 2_000).Select(static i => Condition("EQUAL", $"$.identity.traits[?match(@.a, '(a{{1,50}}){{1,50}}{i}')]", "x"))],
            "one query" => [Condition("EQUAL", $"$.identity.traits[?{string.Join("||", Enumerable.Repeat("match(@.a, '(a{1,50}){1,50}')", 2_000))}]", "x")],
            _ => [.. Enumerable.Range(0, 2_000).Select(static i => Condition("EQUAL", $"$.flags[?match(@.name, '(a{{1,50}}){{1,50}}{i}')]", "x"))],
        };

        var exception = Assert.Throws<EnvironmentDocumentException>(() => Compile(conditions));

        Assert.StartsWith("It takes more than 4000000 steps to compile; the last ones were needed at $.project.segments[0]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_BudgetEndsAtACondition_ThatOneIsNamed()
    {
        var exception = Assert.Throws<EnvironmentDocumentException>(() => Compile([.. Enumerable.Range(0, 5_000).Select(Repeats)]));

        var place = exception.Message[exception.Message.IndexOf("conditions[", StringComparison.Ordinal)..];
        var index = int.Parse(place["conditions[".Length..place.IndexOf(']', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        Assert.InRange(index, 500, 4_000);
        Assert.Empty(Compile([.. Enumerable.Range(0, index).Select(Repeats)]).Problems); // all before it fit
    }

    [Fact]
    public void Compile_VeryManyInvalidParts_RejectedWithThePlaceInsteadOfAllReported()
    {
        var document = Document([]);
        document["project"]!["segments"] = new JsonArray([.. Enumerable.Range(0, 100_000).Select(static _ => (JsonNode)1)]);

        var exception = Assert.Throws<EnvironmentDocumentException>(() => EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(document.ToJsonString())));

        Assert.Contains("$.project.segments[", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_LongListsAndPlainExpressions_TakeNoSteps()
    {
        JsonObject[] conditions =
        [
            Condition("IN", "t", string.Join(',', Enumerable.Range(0, 200_000))),
            .. Enumerable.Range(0, 20_000).Select(static i => Condition("REGEX", "t", $"^user-{i}@example\\.com$")),
            .. Enumerable.Range(0, 2_000).Select(static i => Condition("REGEX", "t", $"^[0-9a-f]{{8}}-[a-z0-9]{{1,63}}{i}$")),
        ];

        Assert.Empty(Compile(conditions).Problems);
    }

    [Fact]
    public void Compile_LongOperandThatIsNoExpression_ReportedWithItsBeginning()
    {
        var problem = Assert.Single(Compile([Condition("REGEX", "t", new string('a', 1_000_000))]).Problems);

        Assert.InRange(problem.Message.Length, 1_000, 1_200);
    }

    private static CompilationResult Compile(JsonObject[] conditions) =>
        EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(Document(conditions).ToJsonString()));

    private static JsonObject Condition(string @operator, string property, string value) =>
        new() { ["operator"] = @operator, ["property_"] = property, ["value"] = value };

    private static JsonObject Document(JsonObject[] conditions) => new()
    {
        ["api_key"] = "env",
        ["feature_states"] = new JsonArray(),
        ["project"] = new JsonObject
        {
            ["segments"] = new JsonArray(new JsonObject
            {
                ["id"] = 1,
                ["name"] = "segment",
                ["rules"] = new JsonArray(new JsonObject { ["type"] = "ANY", ["rules"] = new JsonArray(), ["conditions"] = new JsonArray([.. conditions]) }),
                ["feature_states"] = new JsonArray(),
            }),
        },
    };
}
