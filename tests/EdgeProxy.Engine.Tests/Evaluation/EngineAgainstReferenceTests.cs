using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Tests.Reference;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <summary>
/// The compiled engine against the reference interpreter, over random environments and identities aimed at
/// the corners: flags with value, enabled, reason and variant, segments, and the JSON that is served.
/// </summary>
public sealed class EngineAgainstReferenceTests
{
    private const int Cases = 20_000;

    [Fact]
    public void Evaluate_AnyCase_AsTheInterpreterSays()
    {
        EvaluationCheck.Run(Cases, static (model, identity) =>
        {
            var expected = ReferenceInterpreter.Evaluate(model, identity);

            var actual = EnvironmentCompiler.Compile(model).Snapshot.Evaluate(identity);

            Assert.Equal(expected.Segments, actual.Segments.Select(static segment => segment.Name));
            Assert.Equal(
                expected.Flags.Select(static flag => (flag.Name, flag.Enabled, flag.Value, flag.Reason, flag.Variant)),
                actual.Flags.Values.Select(static flag => (flag.Name, flag.Enabled, flag.Value, flag.Reason, flag.Variant)));
        });
    }

    [Fact]
    public void WriteFlags_AnyCaseThroughOneFrame_AsTheInterpreterSays()
    {
        // One frame for all cases: whatever an evaluation leaves behind would show in the next.
        var frame = new EvaluationFrame();
        EvaluationCheck.Run(Cases / 4, (model, identity) =>
        {
            var expected = ReferenceInterpreter.Evaluate(model, identity).Flags;

            frame.Begin(EnvironmentCompiler.Compile(model).Snapshot);
            if (identity is not null)
            {
                frame.SetIdentity(Encoding.UTF8.GetBytes(identity.Identifier), Encoding.UTF8.GetBytes(identity.Key ?? ""));
                foreach (var (key, value) in identity.Traits)
                {
                    frame.SetTrait(Encoding.UTF8.GetBytes(key), value);
                }
            }

            frame.Evaluate();
            var body = new byte[frame.MeasureFlags(FlagAudience.Server)];
            Assert.Equal(body.Length, frame.WriteFlags(FlagAudience.Server, body));

            using var json = JsonDocument.Parse(body);
            Assert.Equal(
                expected.Select(static flag => (flag.Name, flag.Enabled, flag.Value.Kind == Engine.Values.ScalarKind.String ? JsonSerializer.Serialize(flag.Value.Text) : flag.Value.Text)),
                json.RootElement.EnumerateArray().Select(static flag => (
                    flag.GetProperty("feature").GetProperty("name").GetString()!,
                    flag.GetProperty("enabled").GetBoolean(),
                    Normalize(flag.GetProperty("feature_state_value")))));
        }, seed: 7);
    }

    private static string Normalize(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? JsonSerializer.Serialize(value.GetString()) : value.GetRawText();
}
