using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Rendering.Ofrep;
using EdgeProxy.Engine.Tests.Reference;

namespace EdgeProxy.Engine.Tests.Rendering.Ofrep;

/// <summary>Flags in the form of OFREP (docs/spec/ofrep.md 4 and 5), against results of the same snapshot.</summary>
public sealed class OfrepFlagsTests
{
    private const int Cases = 2_000;

    [Fact]
    public void Write_AnyCase_WhatTheResultsSay()
    {
        var frame = new EvaluationFrame();
        EvaluationCheck.Run(Cases, (model, identity) => Check(frame, model, identity, FlagDetails.Full), seed: 31);
        EvaluationCheck.RunWithDependencies(Cases, (model, identity) => Check(frame, model, identity, FlagDetails.None), seed: 32);
    }

    [Theory]
    [InlineData("none", "{\"a\":1}", "\"{\\u0022a\\u0022:1}\"")]
    [InlineData("objects", "{\"a\":1}", "{\"a\":1}")]
    [InlineData("objects", " [1, \"ü\"] ", "[1, \"ü\"]")]
    [InlineData("objects", "{\"a\":1} x", "\"{\\u0022a\\u0022:1} x\"")]
    [InlineData("objects", "{'a':1}", "\"{'a':1}\"")]
    [InlineData("objects", "12", "\"12\"")]
    [InlineData("objects", "\"text\"", "\"\\u0022text\\u0022\"")]
    [InlineData("objects", "true", "\"true\"")]
    [InlineData("numbers", "{}", "{}")]
    [InlineData("numbers", "-1.50e3", "-1.50e3")]
    [InlineData("numbers", "007", "\"007\"")]
    [InlineData("numbers", "+1", "\"+1\"")]
    [InlineData("numbers", "NaN", "\"NaN\"")]
    [InlineData("numbers", "true", "\"true\"")]
    [InlineData("numbers", " ", "\" \"")]
    public void Write_StringThatSpellsSomething_ParsedIfThatIsChosen(string parsing, string value, string expected)
    {
        var format = new OfrepFormat(ParseStrings: Enum.Parse<StringParsing>(parsing, ignoreCase: true));

        var flag = Single(new FeatureState { Name = "f", Enabled = true, Value = value }, format);

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), flag.GetProperty("value")), flag.GetRawText());
        Assert.Contains(parsing == "none" || expected[0] == '"' ? "\"value\":\"" : $"\"value\":{expected}", flag.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2147483647L, true)]
    [InlineData(-2147483648L, true)]
    [InlineData(2147483648L, false)]
    [InlineData(null, false)]
    public void Write_FeatureId_OnlyIfItFits32Bits(long? id, bool isThere)
    {
        var flag = Single(new FeatureState { Name = "f", FeatureId = id, Value = 1 }, new OfrepFormat());

        Assert.Equal(isThere, flag.GetProperty("metadata").TryGetProperty("featureId", out var written) && written.GetInt64() == id);
    }

    [Fact]
    public void Write_StringNestedTooDeep_StaysAString()
    {
        var value = new string('[', 100) + new string(']', 100);

        var flag = Single(new FeatureState { Name = "f", Enabled = true, Value = value }, new OfrepFormat(ParseStrings: StringParsing.Objects));

        Assert.Equal(value, flag.GetProperty("value").GetString());
    }

    [Fact]
    public void Write_NumberOfTheDocument_AsItIsSpelled()
    {
        var flag = Single(new FeatureState { Name = "f", Enabled = true, Value = ScalarValue.FromJsonNumber("12345678901234567890123") }, new OfrepFormat());

        Assert.Equal("12345678901234567890123", flag.GetProperty("value").GetRawText());
    }

    private static JsonElement Single(FeatureState state, OfrepFormat format)
    {
        var snapshot = EnvironmentCompiler.Compile(new EnvironmentModel { Key = "env", Features = [state] }).Snapshot;
        var flags = new OfrepFlags(snapshot, format);
        return JsonElement.Parse(flags.Single(flags.EnvironmentOutcomes[0], FlagAudience.Server).ToArray());
    }

    private static void Check(EvaluationFrame frame, EnvironmentModel model, Identity? identity, FlagDetails details)
    {
        var snapshot = EnvironmentCompiler.Compile(model, details).Snapshot;
        var isStatic = new HashSet<string>(model.Features.Select(static feature => feature.Name), StringComparer.Ordinal);
        isStatic.ExceptWith(model.Segments.SelectMany(static segment => segment.Overrides, static (_, item) => item.State.Name));
        isStatic.ExceptWith(model.IdentityOverrides.SelectMany(static item => item.States, static (_, state) => state.Name));
        isStatic.ExceptWith(model.Features.GroupBy(static feature => feature.Name, StringComparer.Ordinal)
            .Where(static states => states.Last().Variants.Count > 0).Select(static states => states.Key));
        foreach (var format in (ReadOnlySpan<OfrepFormat>)[new(), new(ReturnValueForDisabledFlags: true)])
        {
            var flags = new OfrepFlags(snapshot, format);
            GzipAnswer.Evaluate(frame, snapshot, identity);
            var outcomes = identity is null ? flags.EnvironmentOutcomes : frame.Outcomes;
            var results = snapshot.Evaluate(identity).Flags.Values;
            foreach (var audience in (ReadOnlySpan<FlagAudience>)[FlagAudience.Server, FlagAudience.Client])
            {
                var written = new byte[flags.Measure(outcomes, audience)];
                Assert.Equal(written.Length, flags.Write(outcomes, audience, written));
                if (identity is not null)
                {
                    CheckGzip(flags, outcomes, audience, written);
                }

                JsonElement[] actual = [.. JsonElement.Parse(written).EnumerateArray()];
                FlagResult[] expected = [.. results.Where(result => audience == FlagAudience.Server || !IsHidden(model, result))];
                Assert.Equal(expected.Length, actual.Length);
                for (var i = 0; i < expected.Length; i++)
                {
                    CheckFlag(expected[i], actual[i], isStatic.Contains(expected[i].Name), format, audience);
                    var single = flags.Single(outcomes[snapshot.FindFeature(Encoding.UTF8.GetBytes(expected[i].Name))], audience);
                    Assert.Equal(actual[i].GetRawText(), Encoding.UTF8.GetString(single.ToArray()));
                }
            }
        }
    }

    private static void CheckGzip(OfrepFlags flags, ReadOnlySpan<int> outcomes, FlagAudience audience, ReadOnlySpan<byte> written)
    {
        var room = new byte[flags.MeasureGzip(audience, written.Length + 8)];
        room.AsSpan().Fill(0xA5);
        var length = flags.WriteGzip(outcomes, audience, "before"u8, "}}"u8, room);
        Assert.Equal([.. "before"u8, .. written, .. "}}"u8], GzipAnswer.Decompress(room.AsSpan(0, length)));
    }

    private static bool IsHidden(EnvironmentModel model, FlagResult result) =>
        (result.FeatureId is { } id && model.ServerKeyOnlyFeatureIds.Contains(id)) || (model.HideDisabledFlags && !result.Enabled);

    private static void CheckFlag(FlagResult expected, JsonElement actual, bool isStatic, OfrepFormat format, FlagAudience audience)
    {
        var reason = expected.Reason.Split(';')[0];
        var isSplit = reason == "SPLIT";
        var isNone = expected.Value.Kind == ScalarKind.Null || (!isSplit && reason != "ERROR" && expected.Value is { Kind: ScalarKind.String, Text: "" });
        Assert.Equal(expected.Name, actual.GetProperty("key").GetString());
        Assert.Equal(expected.Variant ?? (expected.Enabled ? "enabled" : "disabled"), actual.GetProperty("variant").GetString());
        var metadata = actual.GetProperty("metadata");
        Assert.Equal(expected.Enabled, metadata.GetProperty("enabled").GetBoolean());
        Assert.Equal(expected.FeatureId is >= int.MinValue and <= int.MaxValue, metadata.TryGetProperty("featureId", out _));
        if (reason == "TARGETING_MATCH" && audience == FlagAudience.Server)
        {
            Assert.Equal(expected.Reason["TARGETING_MATCH; segment=".Length..], metadata.GetProperty("segment").GetString());
        }

        Assert.Equal(isSplit && audience == FlagAudience.Server, !isSplit ? false : metadata.TryGetProperty("weight", out var weight) && expected.Reason == $"SPLIT; weight={weight.GetString()}");
        if (audience == FlagAudience.Client)
        {
            Assert.DoesNotContain(metadata.EnumerateObject(), static member => member.Name is "segment" or "weight");
        }

        if (reason == "ERROR")
        {
            return; // whether its value is of a variant, the result does not say
        }

        var hasValue = actual.TryGetProperty("value", out var value);
        Assert.Equal(isNone || expected.Enabled || format.ReturnValueForDisabledFlags, hasValue);
        Assert.Equal(!hasValue ? "DISABLED" : isStatic ? "STATIC" : reason, actual.GetProperty("reason").GetString());
        if (hasValue)
        {
            var text = isNone ? (expected.Enabled ? "true" : "false") : expected.Value.Kind == ScalarKind.String ? JsonSerializer.Serialize(expected.Value.Text) : expected.Value.Text;
            Assert.Equal(text, value.ValueKind == JsonValueKind.String ? JsonSerializer.Serialize(value.GetString()) : value.GetRawText());
        }
    }
}
