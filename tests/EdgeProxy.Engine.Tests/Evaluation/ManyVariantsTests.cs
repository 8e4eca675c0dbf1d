using System.Runtime.CompilerServices;
using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Tests.Reference;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <summary>More features with variants than are picked at a time, and fewer.</summary>
public sealed class ManyVariantsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(100)]
    public void Evaluate_ManyIdentities_AsTheInterpreterSays(int features)
    {
        var model = Model(features);
        var snapshot = EnvironmentCompiler.Compile(model).Snapshot;
        var seen = new HashSet<string>();
        for (var i = 0; i < 100; i++)
        {
            var identity = new Identity($"{new string('x', i * i / 20)}{i}");
            if (i % 2 == 1)
            {
                identity.Traits["beta"] = true;
            }

            var expected = ReferenceInterpreter.Evaluate(model, identity).Flags.Select(static flag => (flag.Name, flag.Value, flag.Reason, flag.Variant)).ToList();

            Assert.Equal(expected, snapshot.Evaluate(identity).Flags.Values.Select(static flag => (flag.Name, flag.Value, flag.Reason, flag.Variant)));
            seen.UnionWith(expected.Select(static flag => flag.Value.Text));
        }

        Assert.Superset(new HashSet<string> { "own", "one", "two", "beta own", "beta one" }, seen);
    }

    [Fact]
    public void Evaluate_OnlyTheLastVariantDeviates_ItIsInTheAnswer()
    {
        // Everybody is in the first range of all features but the last, and that range is the environment's own value.
        var features = Enumerable.Range(0, 20).Select(static i => new FeatureState
        {
            Name = $"f{i}",
            Key = $"{i}",
            Value = "own",
            Variants = [new Variant { Value = i == 19 ? "another" : "own", Weight = 100 }],
        });
        var frame = new EvaluationFrame();
        frame.Begin(EnvironmentCompiler.Compile(new EnvironmentModel { Key = "env", Features = [.. features] }).Snapshot);
        frame.SetIdentity("me"u8);

        frame.Evaluate();

        var answer = new byte[frame.MeasureFlags(FlagAudience.Server)];
        frame.WriteFlags(FlagAudience.Server, answer);
        Assert.Contains("\"another\"", Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void Release_VariantsWerePicked_SnapshotNotKeptAlive()
    {
        var frame = new EvaluationFrame();
        var parts = EvaluateOnce(frame);

        frame.Release();
        GC.Collect();

        Assert.NotEmpty(parts);
        Assert.All(parts, static part => Assert.False(part.TryGetTarget(out _)));

        // In a method of its own, so that nothing here refers to the snapshot or what is in it.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<WeakReference<object>> EvaluateOnce(EvaluationFrame frame)
        {
            var snapshot = EnvironmentCompiler.Compile(Model(20)).Snapshot;
            frame.Begin(snapshot);
            frame.SetIdentity("x"u8);
            frame.Evaluate();
            return [.. snapshot.States.Select(static state => state.Variants!).SelectMany(static picker => (object[])[picker, picker.FeatureKey]).Select(static part => new WeakReference<object>(part))];
        }
    }

    private static EnvironmentModel Model(int features) => new()
    {
        Key = "env",
        Features = [.. Enumerable.Range(0, features).Select(static i => State(i, ""))],
        Segments =
        [
            new Segment
            {
                Key = "1",
                Name = "beta",
                Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [new SegmentCondition { Property = "beta", Operator = ConditionOperators.Equal, Value = "true" }] }],
                Overrides = [.. Enumerable.Range(0, features).Where(static i => i % 3 != 1).Select(static i => new SegmentOverride { State = State(i, "beta ") })],
            },
        ],
        IdentityOverrides = [new IdentityOverride { Identifier = "xxxxx10", States = [new FeatureState { Name = "f0", Value = "mine" }] }],
    };

    private static FeatureState State(int i, string prefix) => new()
    {
        Name = $"f{i}",
        Key = $"{prefix}{new string('0', i * 7 % 40)}{i}",
        Value = prefix + "own",
        Variants =
        [
            new Variant { Value = prefix + "one", Weight = 30 },
            new Variant { Value = prefix + "two", Weight = 40 },
        ],
    };
}
