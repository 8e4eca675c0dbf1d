using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Rendering;

/// <summary>Long values are rendered in pieces; nobody who reads them can tell.</summary>
public sealed class LongValueTests
{
    [Theory]
    [InlineData("x", 0)]
    [InlineData("\"", 0)]
    [InlineData("\u00e9", 0)]
    [InlineData("\u20ac", 1)]
    [InlineData("\U0001F600", 0)]
    [InlineData("\U0001F600", 1)]
    [InlineData("\U0001F600", 2)]
    [InlineData("\U0001F600", 3)]
    public void WriteFlags_LongValue_AsInTheDocument(string character, int shift)
    {
        foreach (var count in (int[])[4095, 4096, 4097, 8192, 16_383, 16_384, 16_385, 32_768, 40_000])
        {
            var text = new string('-', shift) + string.Concat(Enumerable.Repeat(character, count));

            var flags = Flags(Document(text), "olga");

            Assert.Equal([text, text + "v", text + "o"], flags.Select(static flag => flag.GetProperty("feature_state_value").GetString()));
        }
    }

    [Fact]
    public void Evaluate_LongVariant_ItsOwnValue()
    {
        var text = new string('x', 50_000);
        var snapshot = EnvironmentCompiler.Compile(Document(text)).Snapshot;

        var flags = snapshot.Evaluate(new Identity("bob")).Flags;

        Assert.Equal((text + "v", "k", "SPLIT; weight=100"), (flags["split"].Value.Text, flags["split"].Variant, flags["split"].Reason));
        Assert.Equal(text, flags["overridden"].Value.Text);
    }

    /// <summary>A feature with the value, one with a variant, and one with an override of olga.</summary>
    private static byte[] Document(string value)
    {
        var overridden = State(3, "overridden", value + "o");
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["api_key"] = "env",
            ["project"] = new JsonObject(),
            ["feature_states"] = new JsonArray(
                State(1, "plain", value),
                State(2, "split", "none", new JsonObject
                {
                    ["id"] = 1,
                    ["percentage_allocation"] = 100,
                    ["multivariate_feature_option"] = new JsonObject { ["value"] = value + "v", ["key"] = "k" },
                }),
                State(3, "overridden", value)),
            ["identity_overrides"] = new JsonArray(new JsonObject { ["identifier"] = "olga", ["identity_features"] = new JsonArray(overridden) }),
        }.ToJsonString());
    }

    private static JsonObject State(int id, string name, string value, params JsonObject[] variants) => new()
    {
        ["feature"] = new JsonObject { ["id"] = id, ["name"] = name },
        ["django_id"] = id,
        ["enabled"] = true,
        ["feature_state_value"] = value,
        ["multivariate_feature_state_values"] = new JsonArray([.. variants]),
    };

    private static List<JsonElement> Flags(byte[] document, string identifier)
    {
        var frame = new EvaluationFrame();
        frame.Begin(EnvironmentCompiler.Compile(document).Snapshot);
        frame.SetIdentity(Encoding.UTF8.GetBytes(identifier));
        frame.Evaluate();
        var body = new byte[frame.MeasureFlags(FlagAudience.Server)];
        Assert.Equal(body.Length, frame.WriteFlags(FlagAudience.Server, body));
        return [.. JsonElement.Parse(body).EnumerateArray()];
    }
}
