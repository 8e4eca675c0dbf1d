using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Tests.Reference;

namespace EdgeProxy.Engine.Tests.Rendering;

/// <summary>A gzip answer holds the plain one, byte for byte.</summary>
public sealed class WriteGzipTests
{
    private static readonly FlagAudience[] Audiences = [FlagAudience.Server, FlagAudience.Client];

    private static readonly FeatureState Feature = new() { Name = "f", FeatureId = 1, Key = "1", Enabled = true, Value = "value" };

    [Fact]
    public void WriteGzip_AnyCase_AsPlain()
    {
        var random = new Random(11);
        var frame = new EvaluationFrame();
        EvaluationCheck.Run(
            2_500,
            (model, identity) =>
            {
                var ids = model.Features.Select(static feature => feature.FeatureId!.Value).Where(_ => random.Next(3) == 0);
                var hiding = model with { HideDisabledFlags = random.Next(2) == 0, ServerKeyOnlyFeatureIds = ids.ToHashSet() };
                var snapshot = EnvironmentCompiler.Compile(hiding, random.Next(4) == 0 ? FlagDetails.None : FlagDetails.Full).Snapshot;
                var before = new byte[random.Next(100)];
                random.NextBytes(before);

                GzipAnswer.Evaluate(frame, snapshot, identity);
                foreach (var audience in Audiences)
                {
                    GzipAnswer.Check(frame, audience, before, "}"u8);
                }
            },
            seed: 9);
    }

    [Fact]
    public void WriteGzip_RunsOfManySegments_AsPlain()
    {
        // Segments that begin, end and leave gaps anywhere; each identity is in some of them, so that every chain is
        // entered and left at many places.
        var random = new Random(12);
        for (var round = 0; round < 60; round++)
        {
            var snapshot = EnvironmentCompiler.Compile(Model(random, features: random.Next(1, 24), segments: random.Next(5))).Snapshot;
            var frame = new EvaluationFrame();
            for (var i = 0; i < 60; i++)
            {
                var traits = Enumerable.Range(0, 5).Where(_ => random.Next(2) == 0).ToDictionary(static s => $"t{s}", static _ => (Engine.Model.ScalarValue)"x");
                GzipAnswer.Evaluate(frame, snapshot, new Identity($"user-{random.Next(20)}") { Traits = traits });
                foreach (var audience in Audiences)
                {
                    GzipAnswer.Check(frame, audience, "{\"flags\":"u8, "}"u8);
                }
            }
        }
    }

    [Fact]
    public void WriteGzip_SomeHidden_AsPlain()
    {
        for (var hidden = 0; hidden < 64; hidden++)
        {
            var model = new EnvironmentModel
            {
                Key = "env",
                Features = [.. Enumerable.Range(0, 6).Select(static i => Feature with { Name = $"f{i}", FeatureId = i })],
                ServerKeyOnlyFeatureIds = Enumerable.Range(0, 6).Where(i => (hidden & (1 << i)) != 0).Select(static i => (long)i).ToHashSet(),
            };
            Check(model, new Identity("bob"));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void WriteGzip_FewFeatures_AsPlain(int count) => Check(
        new EnvironmentModel { Key = "env", Features = [.. Enumerable.Range(0, count).Select(static i => Feature with { Name = $"{i}" })] },
        new Identity("bob"));

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(300)]
    [InlineData(32_700)]
    [InlineData(70_000)]
    [InlineData(200_000)]
    public void WriteGzip_LongValues_AsPlain(int length)
    {
        // Next to each other, and between short ones, in every part of an environment: farther back than deflate can refer.
        var random = new Random(length);
        var states = Enumerable.Range(0, 5).Select(i => Feature with { Name = $"f{i}", Value = i == 2 ? "short" : Text(random, length, i % 2 == 0) }).ToList();
        var model = new EnvironmentModel
        {
            Key = "env",
            Features = states,
            Segments = [Segment(0, [.. states.Skip(1).Take(3).Select(state => state with { Value = Text(random, length, true) })])],
            IdentityOverrides = [new IdentityOverride { Identifier = "olga", States = [Feature with { Name = "f3", Value = Text(random, length, false) }] }],
        };
        Check(model, new Identity("bob"));
        Check(model, new Identity("olga"));
        Check(model, new Identity("bob") { Traits = new Dictionary<string, Engine.Model.ScalarValue> { ["t0"] = "x" } });
        Check(model, new Identity("olga") { Traits = new Dictionary<string, Engine.Model.ScalarValue> { ["t0"] = "x" } });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public void WriteGzip_LongBefore_AsPlain(int length)
    {
        var before = new byte[length];
        new Random(1).NextBytes(before);
        Check(new EnvironmentModel { Key = "env", Features = [Feature, Feature with { Name = "g" }] }, new Identity("bob"), before);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(32_768)]
    [InlineData(32_769)]
    [InlineData(100_003)]
    public void WriteGzip_LongTextBefore_AsPlain(int length)
    {
        var random = new Random(length);
        var traits = new StringBuilder();
        while (traits.Length < length)
        {
            traits.Append($$"""{"trait_key":"trait_{{random.Next(50)}}","trait_value":"{{(char)random.Next(1, 127)}}{{new string('a', random.Next(5) == 0 ? 300 : 3)}}"},""");
        }

        var before = Encoding.ASCII.GetBytes(traits.ToString(0, length));
        var model = new EnvironmentModel { Key = "env", Features = [Feature, Feature with { Name = "g" }] };
        Check(model, new Identity("bob"), before);
        Check(model with { Features = [] }, new Identity("bob"), before);
    }

    [Fact]
    public void WriteGzip_NoRepetitionBefore_WithinTheMeasure()
    {
        var random = new Random(5);
        var before = Enumerable.Range(0, 5000).Select(_ => (byte)random.Next(0, 32)).ToArray(); // the longest codes there are
        Check(new EnvironmentModel { Key = "env", Features = [Feature] }, new Identity("bob"), before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\",\"type\":\"")]
    [InlineData("\\")]
    [InlineData("\"},\"enabled\":true,\"feature_state_value\":")]
    [InlineData("\u0000ünï \U0001d4b3")]
    public void WriteGzip_UnusualTexts_AsPlain(string text)
    {
        var states = Enumerable.Range(0, 4).Select(i => Feature with { Name = $"{text}{i}", Type = i == 1 ? text : "STANDARD", FeatureId = i == 2 ? null : i, Value = text });
        FeatureState[] features = [Feature with { Name = text }, .. states];
        var model = new EnvironmentModel
        {
            Key = "env",
            Features = features,
            IdentityOverrides = [new IdentityOverride { Identifier = "olga", States = [.. features.Select(static state => state with { Enabled = false })] }],
        };
        Check(model, new Identity("bob"));
        Check(model, new Identity("olga"));
    }

    [Fact]
    public void WriteGzip_ManyLikeFlags_MuchSmaller()
    {
        var model = new EnvironmentModel { Key = "env", Features = [.. Enumerable.Range(0, 50).Select(static i => Feature with { Name = $"feature_{i}", FeatureId = i })] };
        var frame = new EvaluationFrame();
        GzipAnswer.Evaluate(frame, EnvironmentCompiler.Compile(model).Snapshot, new Identity("bob"));

        Assert.InRange(GzipAnswer.Check(frame, FlagAudience.Client, default, default) * 6, 0, frame.MeasureFlags(FlagAudience.Client));
    }

    private static void Check(EnvironmentModel model, Identity identity, ReadOnlySpan<byte> before = default)
    {
        var frame = new EvaluationFrame();
        GzipAnswer.Evaluate(frame, EnvironmentCompiler.Compile(model).Snapshot, identity);
        foreach (var audience in Audiences)
        {
            GzipAnswer.Check(frame, audience, before, "}"u8);
            GzipAnswer.Check(frame, audience, before, default);
        }
    }

    private static EnvironmentModel Model(Random random, int features, int segments)
    {
        FeatureState State(int i) => Feature with
        {
            Name = $"feature_{i}",
            FeatureId = i,
            Key = $"{random.Next()}",
            Enabled = random.Next(3) > 0,
            Type = random.Next(4) == 0 ? "MULTIVARIATE" : "STANDARD",
            Value = Text(random, random.Next(5) == 0 ? random.Next(200) : random.Next(12), random.Next(2) == 0),
            Variants = random.Next(6) == 0 ? [new Variant { Value = "one", Weight = 40 }, new Variant { Value = Text(random, 80, true), Weight = 40 }] : [],
        };
        return new EnvironmentModel
        {
            Key = "env",
            HideDisabledFlags = random.Next(2) == 0,
            Features = [.. Enumerable.Range(0, features).Select(State)],
            ServerKeyOnlyFeatureIds = Enumerable.Range(0, features).Where(_ => random.Next(5) == 0).Select(static i => (long)i).ToHashSet(),
            Segments =
            [
                .. Enumerable.Range(0, segments).Select(s =>
                {
                    var share = random.Next(1, 11);
                    return Segment(s, [.. Enumerable.Range(0, features).Where(_ => random.Next(10) < share).Select(State)]);
                }),
            ],
            IdentityOverrides = [.. Enumerable.Range(0, 5).Select(i => new IdentityOverride { Identifier = $"user-{i}", States = [State(random.Next(features))] })],
        };
    }

    private static Segment Segment(int number, FeatureState[] states) => new()
    {
        Key = $"{number}",
        Name = $"segment {number}",
        Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [new SegmentCondition { Property = $"t{number}", Operator = ConditionOperators.IsSet }] }],
        Overrides = [.. states.Select(state => new SegmentOverride { State = state, Priority = number })],
    };

    private static string Text(Random random, int length, bool isRandom)
    {
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            text.Append(isRandom ? (char)random.Next(' ', 0xD7FF) : "abcdefgh\""[text.Length % 9]);
        }

        return text.ToString();
    }
}
