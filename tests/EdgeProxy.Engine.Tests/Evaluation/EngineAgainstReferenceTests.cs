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
        EvaluationCheck.RunWithDependencies(Cases, (model, identity) => CheckAnswer(frame, model, identity), seed: 7);
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
            expected.Select(static flag => (flag.Name, flag.Enabled, flag.Value.Kind == Engine.Values.ScalarKind.String ? JsonSerializer.Serialize(flag.Value.Text) : flag.Value.Text)),
            json.RootElement.EnumerateArray().Select(static flag => (
                flag.GetProperty("feature").GetProperty("name").GetString()!,
                flag.GetProperty("enabled").GetBoolean(),
                Normalize(flag.GetProperty("feature_state_value")))));
    }

    private static string Normalize(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? JsonSerializer.Serialize(value.GetString()) : value.GetRawText();
}
