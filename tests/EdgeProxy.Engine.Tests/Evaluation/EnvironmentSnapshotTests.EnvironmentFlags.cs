using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <content>Flags without an identity.</content>
public sealed partial class EnvironmentSnapshotTests
{
    [Theory]
    [InlineData(FlagAudience.Server, "[]")]
    [InlineData(FlagAudience.Client, "[]")]
    public void EnvironmentFlags_NoFeatures_AnEmptyArray(FlagAudience audience, string expected)
    {
        var snapshot = EnvironmentCompiler.Compile(new EnvironmentModel { Key = "env" }).Snapshot;

        Assert.Equal(expected, Encoding.UTF8.GetString(snapshot.EnvironmentFlags(audience).Span));
        Assert.True(snapshot.EnvironmentFlag("feature"u8, audience).IsEmpty);
    }

    [Fact]
    public void EnvironmentFlag_ByName_OnlyWhatTheAudienceIsToldOf()
    {
        var snapshot = EnvironmentCompiler.Compile(new EnvironmentModel
        {
            Key = "env",
            Features = [Feature with { Name = "first", FeatureId = 1, Value = "a" }, Feature with { Name = "second", FeatureId = 2, Value = "b" }],
            ServerKeyOnlyFeatureIds = new HashSet<long> { 2 },
        }).Snapshot;

        Assert.Equal("a", Value("first"u8, FlagAudience.Server));
        Assert.Equal("a", Value("first"u8, FlagAudience.Client));
        Assert.Equal("b", Value("second"u8, FlagAudience.Server));
        Assert.Null(Value("second"u8, FlagAudience.Client));
        Assert.Null(Value("third"u8, FlagAudience.Server));

        string? Value(ReadOnlySpan<byte> name, FlagAudience audience)
        {
            var flag = snapshot.EnvironmentFlag(name, audience);
            return flag.IsEmpty ? null : System.Text.Json.JsonDocument.Parse(flag).RootElement.GetProperty("feature_state_value").GetString();
        }
    }

    [Fact]
    public void EnvironmentFlags_SomeHidden_TheOthersInAnyMixture()
    {
        // Every way to hide some of six features: runs of neighbours are copied in one piece, and gaps must not show.
        for (var hidden = 0; hidden < 64; hidden++)
        {
            var features = Enumerable.Range(0, 6).Select(static i => Feature with { Name = $"f{i}", FeatureId = i, Value = new string('é', i) }).ToList();
            var model = new EnvironmentModel
            {
                Key = "env",
                Features = features,
                ServerKeyOnlyFeatureIds = Enumerable.Range(0, 6).Where(i => (hidden & (1 << i)) != 0).Select(static i => (long)i).ToHashSet(),
            };

            var body = EnvironmentCompiler.Compile(model).Snapshot.EnvironmentFlags(FlagAudience.Client);

            using var json = System.Text.Json.JsonDocument.Parse(body);
            Assert.Equal(
                Enumerable.Range(0, 6).Where(i => (hidden & (1 << i)) == 0).Select(static i => $"f{i}"),
                json.RootElement.EnumerateArray().Select(static flag => flag.GetProperty("feature").GetProperty("name").GetString()));
        }
    }

    [Fact]
    public void EnvironmentFlags_TypeOfAnOverride_TheEnvironmentsWord()
    {
        var model = Model(Segment(1, new SegmentCondition { Property = "x", Operator = ConditionOperators.IsNotSet })) with
        {
            Features = [Feature with { Type = "MULTIVARIATE" }],
        };

        var body = Encoding.UTF8.GetString(EnvironmentCompiler.Compile(model).Snapshot.EnvironmentFlags(FlagAudience.Server).Span);

        Assert.Contains("\"type\":\"MULTIVARIATE\"", body, StringComparison.Ordinal);
        Assert.Contains("\"on\"", body, StringComparison.Ordinal);
    }
}
