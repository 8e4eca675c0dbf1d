using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;

namespace EdgeProxy.Engine.Tests.Rendering;

/// <summary>Variant, reason and metadata of flags out of a document (docs/spec/sdk-api.md 5).</summary>
public sealed class FlagDetailsTests
{
    private const string Document =
        """
        {"api_key":"env","feature_states":[
          {"feature":{"id":1,"name":"plain"},"enabled":true,"feature_state_value":"a","django_id":1},
          {"feature":{"id":2,"name":"targeted"},"enabled":false,"feature_state_value":null,"django_id":2,"metadata":{"from": "environment" }},
          {"feature":{"id":3,"name":"split"},"enabled":true,"feature_state_value":"none","django_id":3,"metadata":null,
           "multivariate_feature_state_values":[
             {"id":1,"percentage_allocation":SHARE,"multivariate_feature_option":{"value":"red","key":"KEY"}}]}],
         "identity_overrides":[{"identifier":"olga","identity_features":[
           {"feature":{"id":2,"name":"targeted"},"enabled":true,"feature_state_value":"own","metadata":{"from":"\u0069dentity"}},
           {"feature":{"id":1,"name":"plain"},"enabled":true,"feature_state_value":"own"}]}],
         "project":{"segments":[{"id":1,"name":"pros; \"all\"","rules":[{"type":"ALL","conditions":[{"property_":"plan","operator":"EQUAL","value":"pro"}]}],
           "feature_states":[{"feature":{"id":2,"name":"targeted"},"enabled":true,"feature_state_value":"seg","metadata":{"from":"segment"}}]}]}}
        """;

    [Theory]
    [InlineData(FlagAudience.Server, "bob", "free", 0, """null|DEFAULT|""", """null|DEFAULT|{"from": "environment" }""", """control|DEFAULT|""")]
    [InlineData(FlagAudience.Client, "bob", "free", 0, """null|DEFAULT|""", """null|DEFAULT|{"from": "environment" }""", """control|DEFAULT|""")]
    [InlineData(FlagAudience.Server, "bob", "pro", 100, """null|DEFAULT|""", """null|TARGETING_MATCH; segment=pros; "all"|{"from":"segment"}""", """k|SPLIT; weight=100|""")]
    [InlineData(FlagAudience.Client, "bob", "pro", 100, """null|DEFAULT|""", """null|TARGETING_MATCH|{"from":"segment"}""", """k|SPLIT|""")]
    [InlineData(FlagAudience.Server, "olga", "pro", 100, """null|TARGETING_MATCH; segment=identity_overrides|""", """null|TARGETING_MATCH; segment=identity_overrides|{"from":"\u0069dentity"}""", """k|SPLIT; weight=100|""")]
    [InlineData(FlagAudience.Client, "olga", "free", 100, """null|TARGETING_MATCH|""", """null|TARGETING_MATCH|{"from":"\u0069dentity"}""", """k|SPLIT|""")]
    public void WriteFlags_Document_DetailsOfTheWinner(FlagAudience audience, string identifier, string plan, int share, string plain, string targeted, string split)
    {
        var frame = Evaluate(Compile(share), identifier, plan);

        Assert.Equal([plain, targeted, split], Details(frame, audience));
        GzipAnswer.Check(frame, audience, "{"u8, "}"u8);
    }

    [Fact]
    public void WriteFlags_VariantWithoutKey_Null()
    {
        var snapshot = EnvironmentCompiler.Compile(
            Encoding.UTF8.GetBytes(Document.Replace("\"KEY\"", "null", StringComparison.Ordinal).Replace("SHARE", "33.50", StringComparison.Ordinal)
                .Replace("\"split\"},", "\"split\"},\"featurestate_uuid\":\"x\",", StringComparison.Ordinal))).Snapshot;

        var split = Enumerable.Range(0, 50).Select(i => Details(Evaluate(snapshot, $"user-{i}", "free"), FlagAudience.Server)[2]).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["control|DEFAULT|", "null|SPLIT; weight=33.5|"], split);
    }

    [Fact]
    public void EnvironmentFlags_Document_OnlyMetadata()
    {
        var body = Encoding.UTF8.GetString(Compile(100).EnvironmentFlags(FlagAudience.Client).Span);

        Assert.Equal(
            """[{"feature":{"id":1,"name":"plain","type":"STANDARD"},"enabled":true,"feature_state_value":"a"},"""
            + """{"feature":{"id":2,"name":"targeted","type":"STANDARD"},"enabled":false,"feature_state_value":null,"metadata":{"from": "environment" }},"""
            + """{"feature":{"id":3,"name":"split","type":"STANDARD"},"enabled":true,"feature_state_value":"none"}]""",
            body);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    public void Compile_MetadataThatIsNoObject_ReportedAndLeftOut(string metadata)
    {
        var (snapshot, problems) = EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(
            Document.Replace("""{"from": "environment" }""", metadata, StringComparison.Ordinal)
                .Replace("""{"from":"\u0069dentity"}""", metadata, StringComparison.Ordinal)
                .Replace("SHARE", "1", StringComparison.Ordinal)));

        Assert.Equal(
            ["$.feature_states[1].metadata", "$.identity_overrides[0].identity_features[0].metadata"], problems.Select(static problem => problem.Path));
        Assert.Equal("null|DEFAULT|", Details(Evaluate(snapshot, "bob", "free"), FlagAudience.Server)[1]);
        Assert.Equal("null|TARGETING_MATCH|", Details(Evaluate(snapshot, "olga", "free"), FlagAudience.Client)[1]);
    }

    [Theory]
    [InlineData(FlagAudience.Server, "null|ERROR; code=CIRCULAR_DEPENDENCY|")]
    [InlineData(FlagAudience.Client, "null|ERROR|")]
    public void InError_FlagThatCanFail_OnlyTheReasonDiffers(FlagAudience audience, string expected)
    {
        var model = new EnvironmentModel { Key = "env", Features = [new FeatureState { Name = "a", FeatureId = 1 }] };
        using var renderer = new FlagRenderer(model, FlagDetails.Full, keepsStates: false, overrides: 2);
        var state = renderer.Render(model.Features[0], "segment", canFail: true);
        var own = Override(renderer, "x"u8);
        Assert.Equal(own, Override(renderer, "x"u8));
        var other = Override(renderer, "y"u8);
        var flags = renderer.Finish();

        Assert.Equal("a", flags.StateOf(RenderedFlags.InError(other)).Name);
        foreach (var flag in (int[])[state, own, other])
        {
            Assert.True(flags.CanFail(flag));
            Assert.False(flags.CanFail(RenderedFlags.InError(flag)));
            Assert.Equal(expected, DetailsOf(Parse(flags, RenderedFlags.InError(flag), audience)));
            Assert.Equal(
                Parse(flags, flag, audience).GetProperty("feature_state_value").GetRawText(),
                Parse(flags, RenderedFlags.InError(flag), audience).GetProperty("feature_state_value").GetRawText());
            Assert.Equal("ERROR; code=CIRCULAR_DEPENDENCY", flags.SourceOf(RenderedFlags.InError(flag)).Reason);
        }
    }

    private static int Override(FlagRenderer renderer, ReadOnlySpan<byte> value) => renderer.RenderOverride(
        new OverrideState { FeatureName = "a"u8, FeatureId = 1, Enabled = true, ValueKind = Engine.Model.ScalarKind.String, Value = value, Metadata = default },
        canFail: true);

    private static JsonElement Parse(RenderedFlags flags, int flag, FlagAudience audience)
    {
        var body = new byte[flags.Measure([flag], audience)];
        Assert.Equal(body.Length, flags.Write([flag], audience, body));
        return JsonElement.Parse(body)[0];
    }

    private static EnvironmentSnapshot Compile(int share)
    {
        var (snapshot, problems) = EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(
            Document.Replace("SHARE", $"{share}", StringComparison.Ordinal).Replace("KEY", "k", StringComparison.Ordinal)));
        Assert.Empty(problems);
        return snapshot;
    }

    private static EvaluationFrame Evaluate(EnvironmentSnapshot snapshot, string identifier, string plan)
    {
        var frame = new EvaluationFrame();
        GzipAnswer.Evaluate(frame, snapshot, new Identity(identifier) { Traits = new Dictionary<string, Engine.Model.ScalarValue> { ["plan"] = plan } });
        return frame;
    }

    private static List<string> Details(EvaluationFrame frame, FlagAudience audience)
    {
        var body = new byte[frame.MeasureFlags(audience)];
        Assert.Equal(body.Length, frame.WriteFlags(audience, body));
        return [.. JsonElement.Parse(body).EnumerateArray().Select(DetailsOf)];
    }

    private static string DetailsOf(JsonElement flag) =>
        $"{flag.GetProperty("variant").GetString() ?? "null"}|{flag.GetProperty("reason").GetString()}|{(flag.TryGetProperty("metadata", out var metadata) ? metadata.GetRawText() : "")}";
}
