using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Commands.Comparison;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands.Comparison;

/// <summary>Two proxies, each with a document of its own, and the comparison of them.</summary>
internal static class ComparisonSetUp
{
    /// <summary>The client-side key.</summary>
    public const string Key = "a-client-side-key";

    private const double Rate = 5000;

    /// <summary>
    /// A document whose feature <c>targeted</c> depends on one condition, beside another one in the same rule that must hold,
    /// and a rule that must not.
    /// </summary>
    public static JsonObject DocumentWith(string operation, string? operand, string property = "plan")
    {
        var document = Documents.Small(Key);
        var segment = document["project"]!["segments"]![0]!;
        segment["rules"] = new JsonArray(new JsonObject
        {
            ["type"] = "ALL",
            ["conditions"] = new JsonArray(Condition("EQUAL", "country", "de")),
            ["rules"] = new JsonArray(
                new JsonObject { ["type"] = "ANY", ["rules"] = new JsonArray(), ["conditions"] = new JsonArray(Condition("EQUAL", "beta", "True"), Condition(operation, property, operand)) },
                new JsonObject { ["type"] = "NONE", ["rules"] = new JsonArray(), ["conditions"] = new JsonArray(Condition("IS_SET", "blocked", null)) }),
        });
        return document;
    }

    /// <summary>Compares two proxies with questions from the first one's document.</summary>
    public static async Task<ComparisonResult> CompareAsync(JsonObject here, JsonObject there, int count = 150)
    {
        await using var first = await TestProxy.ServeAsync(here.ToJsonString());
        await using var second = await TestProxy.ServeAsync(there.ToJsonString());
        return await CompareAsync(first.Address, second.Address, [Question.OfEnvironment, .. QuestionPlan.Make(Encoding.UTF8.GetBytes(here.ToJsonString()), count)]);
    }

    /// <summary>Compares two servers.</summary>
    public static async Task<ComparisonResult> CompareAsync(Uri here, Uri there, IReadOnlyList<Question> questions, double rate = Rate)
    {
        using var first = new ComparedServer(here, Key, new HttpClient(), new Pace(rate, TimeProvider.System));
        using var second = new ComparedServer(there, Key, new HttpClient(), new Pace(rate, TimeProvider.System));
        return await new ComparisonRun(first, second, questions).RunAsync(CancellationToken.None);
    }

    private static JsonObject Condition(string operation, string property, string? operand) => new() { ["operator"] = operation, ["property_"] = property, ["value"] = operand };
}
