using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Tests.Reference;
using EdgeProxy.Engine.Tests.Rendering;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <summary>
/// The compiled engine against the reference interpreter, over random environments and identities aimed at
/// the corners: flags with value, enabled, reason and variant, segments, and the JSON that is served.
/// </summary>
public sealed class EngineAgainstReferenceTests
{
    private const int Cases = 20_000;

    [Fact]
    public void Evaluate_AnyCase_AsTheInterpreterSays() => EvaluationCheck.Run(Cases, CheckResult);

    [Fact]
    public void Evaluate_AnyCaseWithDependencies_AsTheInterpreterSays() => EvaluationCheck.RunWithDependencies(Cases, CheckResult);

    [Fact]
    public void WriteFlags_AnyIdentity_VariantReasonAndMetadataOfTheResult()
    {
        var frame = new EvaluationFrame();
        EvaluationCheck.Run(Cases / 4, (model, identity) => CheckDetails(frame, model, identity), seed: 13);
        EvaluationCheck.RunWithDependencies(Cases / 4, (model, identity) => CheckDetails(frame, model, identity), seed: 13);
    }

    [Fact]
    public void WriteFlags_AnyCaseWithoutDetails_OnlyTheNecessaryMembers()
    {
        var frame = new EvaluationFrame();
        EvaluationCheck.Run(Cases / 8, (model, identity) =>
        {
            GzipAnswer.Evaluate(frame, EnvironmentCompiler.Compile(model, FlagDetails.None).Snapshot, identity);

            using var json = Answer(frame, FlagAudience.Server);
            Assert.All(json.RootElement.EnumerateArray(), static flag => Assert.Equal(
                ["feature", "enabled", "feature_state_value"], flag.EnumerateObject().Select(static member => member.Name)));
        }, seed: 15);
    }

    [Fact]
    public void EnvironmentFlags_AnyCase_MetadataAndNoReason()
    {
        EvaluationCheck.Run(Cases / 4, (model, _) =>
        {
            var (snapshot, _) = EnvironmentCompiler.Compile(model);
            var expected = snapshot.Evaluate().Flags.Values;

            foreach (var audience in (ReadOnlySpan<FlagAudience>)[FlagAudience.Server, FlagAudience.Client])
            {
                using var json = JsonDocument.Parse(snapshot.EnvironmentFlags(audience));
                Assert.Equal(
                    expected.Select(static flag => (flag.Name, flag.Enabled, MetadataOf(flag))),
                    json.RootElement.EnumerateArray().Select(static flag => (
                        flag.GetProperty("feature").GetProperty("name").GetString()!, flag.GetProperty("enabled").GetBoolean(), MetadataOf(flag))));
                foreach (var flag in json.RootElement.EnumerateArray())
                {
                    Assert.DoesNotContain(flag.EnumerateObject(), static member => member.Name is "variant" or "reason");
                    Assert.Equal(
                        flag.GetRawText(),
                        Encoding.UTF8.GetString(snapshot.EnvironmentFlag(Encoding.UTF8.GetBytes(flag.GetProperty("feature").GetProperty("name").GetString()!), audience).Span));
                }
            }
        }, seed: 14);
    }

    [Fact]
    public void WriteFlags_AnyCaseThroughOneFrame_AsTheInterpreterSays()
    {
        // One frame for all cases: whatever an evaluation leaves behind would show in the next.
        var frame = new EvaluationFrame();
        EvaluationCheck.Run(Cases / 4, (model, identity) => CheckAnswer(frame, model, identity), seed: 7);
    }

    [Fact]
    public void WriteFlags_AnyCaseWithDependenciesThroughOneFrame_AsTheInterpreterSays()
    {
        var frame = new EvaluationFrame();
        EvaluationCheck.RunWithDependencies(Cases / 4, (model, identity) => CheckAnswer(frame, model, identity), seed: 7);
    }

    [Fact]
    public void CasesWithDependencies_ManyOfThem_MeetCyclesAndDoNot()
    {
        var met = 0;
        var cases = 0;
        EvaluationCheck.RunWithDependencies(2_000, (model, identity) =>
        {
            cases++;
            met += ReferenceInterpreter.Evaluate(model, identity).MetCycle ? 1 : 0;
        });

        Assert.InRange(met, cases / 10, cases * 9 / 10);
    }

    private static void CheckResult(EnvironmentModel model, Identity? identity)
    {
        var expected = ReferenceInterpreter.Evaluate(model, identity);

        var actual = EnvironmentCompiler.Compile(model).Snapshot.Evaluate(identity);

        Assert.Equal(expected.Segments, actual.Segments.Select(static segment => segment.Name));
        Assert.Equal(
            expected.Flags.Select(static flag => (flag.Name, flag.Enabled, flag.Value, flag.Reason, flag.Variant)),
            actual.Flags.Values.Select(static flag => (flag.Name, flag.Enabled, flag.Value, flag.Reason, flag.Variant)));
        Assert.Equal(expected.Flags.Select(static flag => flag.Winner.Metadata), actual.Flags.Values.Select(static flag => flag.Metadata));
    }

    private static void CheckAnswer(EvaluationFrame frame, EnvironmentModel model, Identity? identity)
    {
        var expected = ReferenceInterpreter.Evaluate(model, identity).Flags;

        GzipAnswer.Evaluate(frame, EnvironmentCompiler.Compile(model).Snapshot, identity);
        var body = new byte[frame.MeasureFlags(FlagAudience.Server)];
        Assert.Equal(body.Length, frame.WriteFlags(FlagAudience.Server, body));
        GzipAnswer.Check(frame, FlagAudience.Server, "before"u8, "after"u8);

        using var json = JsonDocument.Parse(body);
        Assert.Equal(
            expected.Select(static flag => (flag.Name, flag.Enabled, flag.Value.Kind == Engine.Model.ScalarKind.String ? JsonSerializer.Serialize(flag.Value.Text) : flag.Value.Text)),
            json.RootElement.EnumerateArray().Select(static flag => (
                flag.GetProperty("feature").GetProperty("name").GetString()!,
                flag.GetProperty("enabled").GetBoolean(),
                Normalize(flag.GetProperty("feature_state_value")))));
    }

    private static void CheckDetails(EvaluationFrame frame, EnvironmentModel model, Identity? identity)
    {
        if (identity is null)
        {
            return;
        }

        var (snapshot, _) = EnvironmentCompiler.Compile(model);
        var expected = snapshot.Evaluate(identity).Flags.Values;
        GzipAnswer.Evaluate(frame, snapshot, identity);

        Assert.Equal(
            expected.Select(static flag => (flag.Variant, flag.Reason, MetadataOf(flag))),
            Read(frame, FlagAudience.Server).Select(static flag => (flag.Variant, flag.Reason, flag.Metadata)));
        Assert.Equal(
            expected.Select(static flag => (flag.Variant, flag.Reason.Split(';')[0], MetadataOf(flag))),
            Read(frame, FlagAudience.Client).Select(static flag => (flag.Variant, flag.Reason, flag.Metadata)));
    }

    private static List<(string? Variant, string Reason, string? Metadata)> Read(EvaluationFrame frame, FlagAudience audience)
    {
        using var json = Answer(frame, audience);
        return [.. json.RootElement.EnumerateArray().Select(static flag =>
            (flag.GetProperty("variant").GetString(), flag.GetProperty("reason").GetString()!, MetadataOf(flag)))];
    }

    private static JsonDocument Answer(EvaluationFrame frame, FlagAudience audience)
    {
        var body = new byte[frame.MeasureFlags(audience)];
        Assert.Equal(body.Length, frame.WriteFlags(audience, body));
        return JsonDocument.Parse(body);
    }

    private static string? MetadataOf(JsonElement flag) => flag.TryGetProperty("metadata", out var metadata) ? metadata.GetRawText() : null;

    private static string? MetadataOf(FlagResult flag) => flag.Metadata is JsonElement metadata ? metadata.GetRawText() : null;

    private static string Normalize(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? JsonSerializer.Serialize(value.GetString()) : value.GetRawText();
}
