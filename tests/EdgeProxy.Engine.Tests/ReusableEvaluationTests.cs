using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Testing;

namespace EdgeProxy.Engine.Tests;

public sealed class ReusableEvaluationTests
{
    private readonly ReusableEvaluation _evaluation = new();

    [Fact]
    public void WriteFlags_TraitOfEachType_TheSegmentThatItMatches()
    {
        Assert.Equal("text", Value(static evaluation => evaluation.SetTrait("text"u8, "x"u8)));
        Assert.Equal("integer", Value(static evaluation => evaluation.SetTrait("integer"u8, long.MinValue)));
        Assert.Equal("double", Value(static evaluation => evaluation.SetTrait("double"u8, -1.5)));
        Assert.Equal("boolean", Value(static evaluation => evaluation.SetTrait("boolean"u8, value: true)));
        Assert.Equal("own", Value(static _ => { }));
    }

    [Fact]
    public void Calls_BeforeBegin_InvalidOperation()
    {
        Assert.Throws<InvalidOperationException>(() => _evaluation.SetTrait("key"u8, "x"u8));
        Assert.Throws<InvalidOperationException>(() => _evaluation.SetTrait("key"u8, 1L));
        Assert.Throws<InvalidOperationException>(() => _evaluation.SetTrait("key"u8, 1.5));
        Assert.Throws<InvalidOperationException>(() => _evaluation.SetTrait("key"u8, value: true));
        Assert.Throws<InvalidOperationException>(_evaluation.Evaluate);
    }

    [Fact]
    public void WriteFlags_NotEvaluated_InvalidOperation()
    {
        _evaluation.Begin(Environment(), "ada"u8);
        Assert.Throws<InvalidOperationException>(() => _evaluation.MeasureFlags(FlagAudience.Server));

        _evaluation.Evaluate();
        _evaluation.SetTrait("text"u8, "x"u8);
        Assert.Throws<InvalidOperationException>(() => _evaluation.WriteFlags(FlagAudience.Server, new byte[1000]));

        _evaluation.Evaluate();
        _evaluation.Release();
        Assert.Throws<InvalidOperationException>(() => _evaluation.MeasureFlags(FlagAudience.Server));
    }

    [Fact]
    public void WriteFlags_DestinationTooShort_Argument()
    {
        _evaluation.Begin(Environment(), "ada"u8);
        _evaluation.Evaluate();
        var length = _evaluation.MeasureFlags(FlagAudience.Server);

        Assert.Throws<ArgumentException>(() => _evaluation.WriteFlags(FlagAudience.Server, new byte[length - 1]));
        Assert.Equal(length, _evaluation.WriteFlags(FlagAudience.Server, new byte[length]));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void SetTrait_NotFinite_OutOfRange(double value)
    {
        _evaluation.Begin(Environment(), "ada"u8);
        Assert.Throws<ArgumentOutOfRangeException>(() => _evaluation.SetTrait("double"u8, value));
    }

    [Fact]
    public void Begin_NullEnvironment_ArgumentNull() =>
        Assert.Throws<ArgumentNullException>(() => _evaluation.Begin(null!, "ada"u8));

    [Fact]
    public void Evaluation_UsedAgain_NothingAllocated()
    {
        var environment = Environment();
        var flags = new byte[1000];
        Assert.Equal(0, AllocationMeter.Measure(() =>
        {
            _evaluation.Begin(environment, "ada"u8);
            _evaluation.SetTrait("text"u8, "y"u8);
            _evaluation.SetTrait("integer"u8, 12L);
            _evaluation.SetTrait("double"u8, -1.5);
            _evaluation.SetTrait("boolean"u8, value: false);
            _evaluation.Evaluate();
            _evaluation.WriteFlags(FlagAudience.Client, flags);
            _evaluation.Release();
        }));
    }

    private string Value(Action<ReusableEvaluation> setTraits)
    {
        _evaluation.Begin(Environment(), "ada"u8);
        setTraits(_evaluation);
        _evaluation.Evaluate();
        var flags = new byte[_evaluation.MeasureFlags(FlagAudience.Server)];
        _evaluation.WriteFlags(FlagAudience.Server, flags);
        Assert.Equal(0, _evaluation.AbortedConditions);
        return JsonDocument.Parse(flags).RootElement[0].GetProperty("feature_state_value").GetString()!;
    }

    private static CompiledEnvironment Environment() => CompiledEnvironment.Compile(new EnvironmentModel
    {
        Key = "key",
        Features = [new FeatureState { Name = "feature", FeatureId = 1, Value = "own", Enabled = true }],
        Segments = [Segment("text", "x"), Segment("integer", "-9223372036854775808"), Segment("double", "-1.5"), Segment("boolean", "true")],
    });

    private static Segment Segment(string trait, string value) => new()
    {
        Key = trait,
        Name = trait,
        Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [new SegmentCondition { Property = trait, Operator = ConditionOperators.Equal, Value = value }] }],
        Overrides = [new SegmentOverride { State = new FeatureState { Name = "feature", FeatureId = 1, Value = trait, Enabled = true } }],
    };
}
