using System.Text.Json;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Workloads;

namespace EdgeProxy.Tooling.Tests.Workloads;

public sealed class IdentityRequestsTests
{
    [Fact]
    public void HeavyMatching_MeetsTheStrongestSegment_WhichDecidesEveryFlag()
    {
        var result = Evaluate(EnvironmentShapes.Heavy, IdentityRequests.HeavyMatching);

        Assert.Contains(result.Segments, static segment => segment.Name == "segment_1");
        Assert.Equal(50, result.Flags.Count);
        Assert.All(result.Flags.Values.Skip(EnvironmentShapes.Heavy.Multivariate), static flag =>
            Assert.Equal("TARGETING_MATCH; segment=segment_1", flag.Reason));
    }

    [Fact]
    public void HeavyFailing_GivesEveryTraitThatConditionsAskFor_AndMeetsNoSegment()
    {
        Assert.Empty(Evaluate(EnvironmentShapes.Heavy, IdentityRequests.HeavyFailing).Segments);
        Assert.Equal(TraitsOf(IdentityRequests.HeavyMatching), TraitsOf(IdentityRequests.HeavyFailing));
        Assert.Equal(14, TraitsOf(IdentityRequests.HeavyFailing).Length);
    }

    [Fact]
    public void HeavyMissing_MeetsNoSegment() =>
        Assert.Empty(Evaluate(EnvironmentShapes.Heavy, IdentityRequests.HeavyMissing).Segments);

    [Fact]
    public void Overridden_HasAnOverrideInTheLargeAndInTheCrowdedEnvironment()
    {
        Assert.Contains(Evaluate(EnvironmentShapes.Large, IdentityRequests.Overridden).Flags.Values, IsOverride);
        Assert.Contains(Evaluate(EnvironmentShapes.Crowded, IdentityRequests.Overridden).Flags.Values, IsOverride);
        Assert.DoesNotContain(Evaluate(EnvironmentShapes.Uncrowded, IdentityRequests.Overridden).Flags.Values, IsOverride);

        static bool IsOverride(FlagResult flag) => flag.Value.AsText() == "override_7777";
    }

    private static EvaluationResult Evaluate(EnvironmentShape shape, byte[] body)
    {
        using var request = JsonDocument.Parse(body);
        var identity = new Identity(request.RootElement.GetProperty("identifier").GetString()!);
        foreach (var trait in request.RootElement.GetProperty("traits").EnumerateArray())
        {
            identity.Traits.Add(trait.GetProperty("trait_key").GetString()!, ValueOf(trait.GetProperty("trait_value")));
        }

        return EnvironmentCompiler.Compile(DocumentMaker.Make(shape, IdentityRequests.EnvironmentKey)).Snapshot.Evaluate(identity);
    }

    private static string[] TraitsOf(byte[] body)
    {
        using var request = JsonDocument.Parse(body);
        return [.. request.RootElement.GetProperty("traits").EnumerateArray().Select(static trait => trait.GetProperty("trait_key").GetString()!)];
    }

    private static ScalarValue ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => ScalarValue.FromJsonNumber(value.GetRawText()),
        _ => value.GetBoolean(),
    };
}
