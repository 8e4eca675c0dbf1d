using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Testing;

namespace EdgeProxy.Engine.Tests.Rendering;

/// <summary>Preparing a snapshot for gzip answers, and what they cost then.</summary>
public sealed class PrepareGzipTests
{
    [Fact]
    public void PrepareGzip_ClientsToldAsMuch_SharedByBoth()
    {
        var snapshot = Compile(hides: false, FlagDetails.None);
        Assert.False(snapshot.IsGzipPrepared(FlagAudience.Server));
        Assert.False(snapshot.IsGzipPrepared(FlagAudience.Client));

        snapshot.PrepareGzip(FlagAudience.Client);
        snapshot.PrepareGzip(FlagAudience.Server);

        Assert.True(snapshot.IsGzipPrepared(FlagAudience.Server));
        Assert.True(snapshot.IsGzipPrepared(FlagAudience.Client));
        Assert.Same(snapshot.GzipFlags(FlagAudience.Client), snapshot.GzipFlags(FlagAudience.Server));
    }

    [Fact]
    public void PrepareGzip_SomeHidden_OnlyForTheRightAudience()
    {
        var snapshot = Compile(hides: true);

        snapshot.PrepareGzip(FlagAudience.Client);

        Assert.True(snapshot.IsGzipPrepared(FlagAudience.Client));
        Assert.False(snapshot.IsGzipPrepared(FlagAudience.Server));
        Assert.NotSame(snapshot.GzipFlags(FlagAudience.Client), snapshot.GzipFlags(FlagAudience.Server));
    }

    [Fact]
    public void PrepareGzip_OnlyIdentityOverridesDiffer_SharedByBoth()
    {
        var state = """{"feature":{"id":1,"name":"a"},"enabled":true,"feature_state_value":"on"}""";
        var snapshot = EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(
            $$$"""{"api_key":"k","feature_states":[{{{state}}}],"identity_overrides":[{"identifier":"olga","identity_features":[{{{state}}}]}],"project":{}}""")).Snapshot;
        var frame = new EvaluationFrame();
        GzipAnswer.Evaluate(frame, snapshot, new Identity("olga"));

        GzipAnswer.Check(frame, FlagAudience.Server, default, default);
        GzipAnswer.Check(frame, FlagAudience.Client, default, default);

        Assert.Same(snapshot.GzipFlags(FlagAudience.Client), snapshot.GzipFlags(FlagAudience.Server));
    }

    [Fact]
    public void PrepareGzip_ReasonsForServersOnly_OneForEach()
    {
        var snapshot = Compile(hides: false);

        snapshot.PrepareGzip(FlagAudience.Client);

        Assert.False(snapshot.IsGzipPrepared(FlagAudience.Server));
        Assert.NotSame(snapshot.GzipFlags(FlagAudience.Client), snapshot.GzipFlags(FlagAudience.Server));
    }

    [Fact]
    public async Task PrepareGzip_ManyAtOnce_MadeOnce()
    {
        for (var round = 0; round < 20; round++)
        {
            var snapshot = Compile(hides: round % 2 == 0);
            using var gate = new Barrier(4);
            var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Factory.StartNew(
                () =>
                {
                    gate.SignalAndWait();
                    var frame = new EvaluationFrame();
                    GzipAnswer.Evaluate(frame, snapshot, new Identity("bob"));
                    GzipAnswer.Check(frame, (FlagAudience)(i % 2), default, "}"u8);
                    return snapshot.GzipFlags(FlagAudience.Client);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            Assert.Single(made.Distinct());
        }
    }

    [AllocationTheory]
    [InlineData("bob", "x")]
    [InlineData("olga", "x")]
    [InlineData("bob", "y")]
    public void WriteGzip_Prepared_NotOneByte(string identifier, string trait)
    {
        var frame = new EvaluationFrame();
        GzipAnswer.Evaluate(frame, Compile(hides: true), new Identity(identifier) { Traits = new Dictionary<string, Engine.Model.ScalarValue> { ["plan"] = trait } });
        var room = new byte[frame.MeasureGzip(FlagAudience.Client, 100 + frame.MeasureFlags(FlagAudience.Client))];

        Assert.Equal(0, AllocationMeter.Measure(() =>
        {
            Assert.True(frame.MeasureGzip(FlagAudience.Client, 100 + frame.MeasureFlags(FlagAudience.Client)) == room.Length);
            Assert.True(frame.WriteGzip(FlagAudience.Client, "before"u8, "}"u8, room) > 0);
        }));
    }

    private static EnvironmentSnapshot Compile(bool hides, FlagDetails details = FlagDetails.Full)
    {
        var features = Enumerable.Range(0, 60).Select(static i => new FeatureState
        {
            Name = $"feature {i}",
            FeatureId = i,
            Enabled = i % 3 == 0,
            Value = new string('x', i * 3),
            Variants = i % 20 == 7 ? [new Variant { Weight = 40, Value = "one" }] : [],
        }).ToList();
        var model = new EnvironmentModel
        {
            Key = "env",
            Features = features,
            HideDisabledFlags = hides,
            Segments =
            [
                new Segment
                {
                    Key = "1",
                    Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [new SegmentCondition { Property = "plan", Operator = ConditionOperators.Equal, Value = "x" }] }],
                    Overrides = [.. features.Skip(5).Take(30).Select(static state => new SegmentOverride { State = state with { Enabled = true } })],
                },
            ],
            IdentityOverrides = [new IdentityOverride { Identifier = "olga", States = [features[4], features[40]] }],
        };
        return EnvironmentCompiler.Compile(model, details).Snapshot;
    }
}
