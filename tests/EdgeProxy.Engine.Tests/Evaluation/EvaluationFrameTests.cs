using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Tests.Reference;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <summary>A frame is used again and again, whatever it went through before.</summary>
public sealed class EvaluationFrameTests
{
    private static readonly EnvironmentSnapshot Snapshot = EnvironmentCompiler.Compile(SingleCondition.Model(new SegmentCondition
    {
        Property = SingleCondition.Property,
        Operator = ConditionOperators.Regex,
        Value = "x+y",
    })).Snapshot;

    [Fact]
    public void RetainedBytes_HugeText_OfTheTextAndItsCharacters()
    {
        const int Length = 100_000;
        var frame = new EvaluationFrame();
        Assert.InRange(frame.RetainedBytes, 1, 10_000);

        Assert.True(IsOn(frame, new string('x', Length - 1) + "y"));

        // One byte in UTF-8 and one character of two bytes for each letter; buffers may be larger than that, but not by much.
        Assert.InRange(frame.RetainedBytes, 3 * Length, 4 * Length);
    }

    [Fact]
    public void RetainedBytes_ManyEvaluations_NoMoreThanAfterTheFirst()
    {
        var frame = new EvaluationFrame();
        Assert.True(IsOn(frame, "xy"));
        var afterTheFirst = frame.RetainedBytes;

        for (var i = 0; i < 1000; i++)
        {
            Assert.True(IsOn(frame, "xy"));
        }

        Assert.Equal(afterTheFirst, frame.RetainedBytes);
    }

    [Fact]
    public void Evaluate_AfterOneThatWasHeldUp_ExpressionsAreTriedAgain()
    {
        var snapshot = EnvironmentCompiler.Compile(SingleCondition.Model(new SegmentCondition
        {
            Property = SingleCondition.Property,
            Operator = ConditionOperators.Regex,
            Value = "(?=(a+)+$)a",
        })).Snapshot;
        var frame = new EvaluationFrame();
        for (var i = 0; i < 4; i++)
        {
            Assert.False(IsOn(frame, new string('a', 1999) + "!", snapshot));
        }

        Assert.True(IsOn(frame, "a", snapshot));
    }

    [Fact]
    public void Evaluate_QueryForOneAfterAnother_EachOfTheirOwn()
    {
        var snapshot = EnvironmentCompiler.Compile(SingleCondition.Model(new SegmentCondition
        {
            Property = "$.identity.traits[?@ == 'yes']",
            Operator = ConditionOperators.IsSet,
        })).Snapshot;
        var frame = new EvaluationFrame();

        Assert.True(IsOn(frame, "yes", snapshot));
        Assert.False(IsOn(frame, "no", snapshot));
        Assert.True(IsOn(frame, "yes", snapshot));

        frame.Begin(snapshot);
        frame.SetIdentity("without traits"u8);
        frame.Evaluate();
        Assert.False(snapshot.Flags.StateOf(frame.Outcomes[0]).Enabled);

        frame.Begin(snapshot);
        frame.SetIdentity("somebody"u8);
        frame.SetTraitText("other"u8, "yes"u8);
        frame.ForgetTraits();
        frame.Evaluate();
        Assert.False(snapshot.Flags.StateOf(frame.Outcomes[0]).Enabled);

        frame.Begin(snapshot);
        frame.Evaluate();
        Assert.False(snapshot.Flags.StateOf(frame.Outcomes[0]).Enabled);
    }

    [Theory]
    [InlineData(SingleCondition.Property)]
    [InlineData("$.identity.traits.*")]
    public void SetTrait_NullAfterAValue_NoValue(string property)
    {
        var snapshot = EnvironmentCompiler.Compile(SingleCondition.Model(
            new SegmentCondition { Property = property, Operator = ConditionOperators.IsNotSet })).Snapshot;
        var key = Encoding.UTF8.GetBytes(SingleCondition.Property);
        var frame = new EvaluationFrame();
        frame.Begin(snapshot);
        frame.SetIdentity("somebody"u8);
        frame.SetTrait(key, "value");
        frame.SetTrait(key, Engine.Model.ScalarValue.Null);
        frame.Evaluate();

        Assert.True(snapshot.Flags.StateOf(frame.Outcomes[0]).Enabled);
    }

    [Fact]
    public void SetIdentity_AfterATrait_TheSameKey()
    {
        var snapshot = EnvironmentCompiler.Compile(SingleCondition.Model(new SegmentCondition
        {
            Property = "$.identity.key",
            Operator = ConditionOperators.Equal,
            Value = "env_somebody",
        })).Snapshot;
        var frame = new EvaluationFrame();
        frame.Begin(snapshot);
        frame.SetTraitText("$.identity.key"u8, "some text"u8);
        frame.SetTraitNull("$.identity.key"u8);
        frame.SetIdentity("somebody"u8);
        frame.Evaluate();

        Assert.True(snapshot.Flags.StateOf(frame.Outcomes[0]).Enabled);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("true", true)]
    [InlineData("1.5", 1.5)]
    [InlineData("text", "text")]
    public void SetTrait_OfAnyType_FoundByAQuery(string operand, object value)
    {
        var snapshot = EnvironmentCompiler.Compile(SingleCondition.Model(new SegmentCondition
        {
            Property = "$.identity.traits.*",
            Operator = ConditionOperators.Equal,
            Value = operand,
        })).Snapshot;
        Engine.Model.ScalarValue scalar = value switch { int number => number, bool boolean => boolean, double number => number, _ => (string)value };

        Assert.Single(snapshot.Evaluate(new Identity("somebody") { Traits = { ["any"] = scalar } }).Segments);
        Assert.Empty(snapshot.Evaluate(new Identity("somebody") { Traits = { ["any"] = Engine.Model.ScalarValue.Null } }).Segments);
        Assert.Empty(snapshot.Evaluate(new Identity("somebody") { Traits = { ["any"] = value is bool ? false : "else" } }).Segments);
    }

    [Fact]
    public void Begin_NoSnapshot_Refused()
    {
        Assert.Throws<ArgumentNullException>(() => new EvaluationFrame().Begin(null!));
    }

    [Fact]
    public void SetTraitText_TextsOfAnyLengthOneAfterAnother_EachReadInFull()
    {
        var frame = new EvaluationFrame();
        foreach (var length in new[] { 1, 255, 256, 257, 511, 512, 513, 5_000, 3, 4_999, 5_001 })
        {
            Assert.True(IsOn(frame, new string('x', length) + "y"), $"{length}");
            Assert.False(IsOn(frame, new string('x', length)), $"{length}, no y");
        }
    }

    [Fact]
    public void SetTrait_ManyThatTogetherOutgrowTheBuffer_NoneIsLost()
    {
        var conditions = Enumerable.Range(0, 50).Select(static i => new SegmentCondition
        {
            Property = $"trait {i}",
            Operator = ConditionOperators.Equal,
            Value = Text(i),
        });
        var model = SingleCondition.Model(conditions.First());
        model = model with
        {
            Segments = [model.Segments[0] with { Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [.. conditions] }] }],
        };
        var identity = new Identity("somebody");
        for (var i = 0; i < 50; i++)
        {
            identity.Traits[$"trait {i}"] = Text(i);
        }

        Assert.True(EnvironmentCompiler.Compile(model).Snapshot.Evaluate(identity).Flags[SingleCondition.FeatureName].Enabled);

        static string Text(int i) => new((char)('a' + (i % 26)), i * 3);
    }

    [Fact]
    public void WriteFlags_SameFlagsAsWithoutIdentity_RenderedBeforehand()
    {
        var frame = new EvaluationFrame();
        Assert.False(IsOn(frame, "no"));

        foreach (var audience in (ReadOnlySpan<FlagAudience>)[FlagAudience.Server, FlagAudience.Client])
        {
            var rendered = new byte[Snapshot.Flags.Measure(frame.Outcomes, audience)];
            Snapshot.Flags.Write(frame.Outcomes, audience, rendered);
            Assert.Equal(rendered, Body(frame, audience));
        }
    }

    [Fact]
    public void WriteFlags_WithoutDetails_SameBytesAsWithoutIdentity()
    {
        var frame = new EvaluationFrame();
        var snapshot = EnvironmentCompiler.Compile(
            SingleCondition.Model(new SegmentCondition { Property = SingleCondition.Property, Operator = ConditionOperators.Equal, Value = "x" }),
            FlagDetails.None).Snapshot;
        Assert.False(IsOn(frame, "no", snapshot));

        Assert.Equal(snapshot.EnvironmentFlags(FlagAudience.Server).ToArray(), Body(frame, FlagAudience.Server));
        Assert.Equal(snapshot.EnvironmentFlags(FlagAudience.Client).ToArray(), Body(frame, FlagAudience.Client));
    }

    private static bool IsOn(EvaluationFrame frame, string text) => IsOn(frame, text, Snapshot);

    private static bool IsOn(EvaluationFrame frame, string text, EnvironmentSnapshot snapshot)
    {
        frame.Begin(snapshot);
        frame.SetIdentity("somebody"u8);
        frame.SetTraitText(Encoding.UTF8.GetBytes(SingleCondition.Property), Encoding.UTF8.GetBytes(text));
        frame.Evaluate();
        return snapshot.Flags.StateOf(frame.Outcomes[0]).Enabled;
    }

    private static byte[] Body(EvaluationFrame frame, FlagAudience audience)
    {
        var body = new byte[frame.MeasureFlags(audience)];
        Assert.Equal(body.Length, frame.WriteFlags(audience, body));
        return body;
    }
}
