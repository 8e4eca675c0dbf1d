using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Testing;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <summary>
/// An evaluation allocates nothing once its frame has grown to what it needs: for every operator, and every kind of
/// value it can meet. Zero bytes is zero bytes: not one expression is excepted, regular expressions that backtrack
/// included.
/// </summary>
public sealed class AllocationTests
{
    private static readonly (string Operator, string? Operand)[] Conditions =
    [
        (ConditionOperators.In, "a,b,007,12,é"),
        (ConditionOperators.In, """["free", 1, 2.5, true, null, "ünï"]"""),
        (ConditionOperators.PercentageSplit, "50"),
        (ConditionOperators.IsSet, null),
        (ConditionOperators.IsNotSet, null),
        (ConditionOperators.Equal, "12"),
        (ConditionOperators.Equal, "1.2.3+build.5:semver"),
        (ConditionOperators.NotEqual, "123456789012345678901234567890"),
        (ConditionOperators.GreaterThan, "1.5"),
        (ConditionOperators.GreaterThan, "1.2.3-rc.1:semver"),
        (ConditionOperators.GreaterThanInclusive, "-7"),
        (ConditionOperators.LessThan, "é"),
        (ConditionOperators.LessThanInclusive, "9007199254740993"),
        (ConditionOperators.Contains, "é"),
        (ConditionOperators.NotContains, "x"),
        (ConditionOperators.Modulo, "3|1"),
        (ConditionOperators.Regex, @"\w+@\w+\.com"),
        (ConditionOperators.Regex, @"(?i)[a-zé]+\d*$"),
        (ConditionOperators.Regex, @"(?P<a>.)(?P=a)"),
        (ConditionOperators.Regex, @"(?=a)a+(?<!b)"),
    ];

    private static readonly Action<EvaluationFrame, ReadOnlySpan<byte>>[] Values =
    [
        static (frame, key) => frame.SetTraitText(key, "bob@example.com"u8),
        static (frame, key) => frame.SetTraitText(key, "é ünï 😀"u8),
        static (frame, key) => frame.SetTraitText(key, "007"u8),
        static (frame, key) => frame.SetTraitText(key, "-1.50"u8),
        static (frame, key) => frame.SetTraitText(key, "1.2.3-rc.2+build"u8),
        static (frame, key) => frame.SetTraitText(key, "123456789012345678901234567890"u8),
        static (frame, key) => frame.SetTraitText(key, ""u8),
        static (frame, key) => frame.SetTraitText(key, LongText),
        static (frame, key) => frame.SetTraitNumber(key, "12"u8),
        static (frame, key) => frame.SetTraitNumber(key, "-98765432109876543210987654321"u8),
        static (frame, key) => frame.SetTraitNumber(key, "1.5e3"u8),
        static (frame, key) => frame.SetTraitNumber(key, "1e-7"u8),
        static (frame, key) => frame.SetTraitBoolean(key, true),
        static (frame, key) => frame.SetTraitNull(key),
        static (_, _) => { },
    ];

    private static readonly byte[] LongText = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("é😀x", 600)));

    public static TheoryData<string, string?> Operators
    {
        get
        {
            var data = new TheoryData<string, string?>();
            foreach (var (name, operand) in Conditions)
            {
                data.Add(name, operand);
            }

            return data;
        }
    }

    [AllocationTheory]
    [MemberData(nameof(Operators))]
    public void Evaluate_OneOperator_NotOneByte(string name, string? operand)
    {
        string[] properties = ["plan", "$.plan", "$.identity.identifier", "$.identity.key", "$.identity.traits.plan", "$.environment.name", ""];
        var snapshot = Compile([.. properties.Select(property => new SegmentCondition { Property = property, Operator = name, Value = operand })]);

        foreach (var value in Values)
        {
            Assert.Equal(0, Allocated(snapshot, frame => value(frame, "plan"u8)));
        }
    }

    [AllocationTheory]
    [InlineData(0)]
    [InlineData(5)]
    public void Evaluate_EverythingTogether_NotOneByte(int unusedTraits)
    {
        var snapshot = Compile([.. Conditions.Select(static (condition, i) =>
            new SegmentCondition { Property = $"trait_{i}", Operator = condition.Operator, Value = condition.Operand })]);
        byte[][] keys = [.. Enumerable.Range(0, Conditions.Length + unusedTraits).Select(static i => Encoding.UTF8.GetBytes($"trait_{i}"))];

        Assert.Equal(0, Allocated(snapshot, frame =>
        {
            for (var i = 0; i < keys.Length; i++)
            {
                Values[i % Values.Length](frame, keys[i]);
            }
        }));
    }

    private static long Allocated(EnvironmentSnapshot snapshot, Action<EvaluationFrame> setTraits)
    {
        var frame = new EvaluationFrame();
        var answer = new byte[64 * 1024];
        return AllocationMeter.Measure(() =>
        {
            frame.Begin(snapshot);
            frame.SetIdentity("some identity é"u8);
            setTraits(frame);
            frame.Evaluate();
            var length = frame.MeasureFlags(FlagAudience.Client);
            Assert.True(length > 0 && frame.WriteFlags(FlagAudience.Client, answer) == length);
        });
    }

    /// <summary>An environment with one segment a condition, each overriding a feature with variants.</summary>
    private static EnvironmentSnapshot Compile(IReadOnlyList<SegmentCondition> conditions)
    {
        var state = new FeatureState
        {
            Name = "feature",
            FeatureId = 1,
            Key = "seed",
            Enabled = true,
            Variants = [new Variant { Weight = 30, Value = "one" }, new Variant { Weight = 30, Value = 2 }],
        };
        var model = new EnvironmentModel
        {
            Key = "environment",
            Name = "Environment é",
            Features = [.. conditions.Select((_, i) => state with { Name = $"feature_{i}", FeatureId = i })],
            Segments =
            [
                .. conditions.Select((condition, i) => new Segment
                {
                    Key = $"{i}",
                    Rules = [new SegmentRule { Type = RuleTypes.Any, Conditions = [condition, condition with { Property = $"{condition.Property}2" }] }],
                    Overrides = [new SegmentOverride { State = state with { Name = $"feature_{i}", FeatureId = i, Key = $"seed_{i}" } }],
                }),
            ],
            IdentityOverrides = [new IdentityOverride { Identifier = "somebody else", States = [state with { Name = "feature_0", FeatureId = 0 }] }],
        };
        var result = EnvironmentCompiler.Compile(model);
        Assert.Empty(result.Problems);
        return result.Snapshot;
    }
}
