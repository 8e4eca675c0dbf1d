using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>
/// docs/spec/evaluation.md 4 and 5: the tables of what conditions and properties mean, for whatever evaluates them.
/// </summary>
public abstract class ConditionTheories
{
    [Theory]
    [MemberData(nameof(ConditionCases.All), MemberType = typeof(ConditionCases))]
    public void Evaluate_OneCondition_HoldsAsSpecified(string value, string @operator, string? operand, bool expected)
    {
        var condition = new SegmentCondition { Property = SingleCondition.Property, Operator = @operator, Value = operand };

        AssertHolds(expected, condition, SingleCondition.Identity(value));
    }

    [Theory]
    [MemberData(nameof(ConditionCases.ListValues), MemberType = typeof(ConditionCases))]
    public void Evaluate_InWithListValue_HoldsAsSpecified(string value, string[] list, bool expected)
    {
        var condition = new SegmentCondition { Property = SingleCondition.Property, Operator = ConditionOperators.In, Values = list };

        AssertHolds(expected, condition, SingleCondition.Identity(value));
    }

    [Fact]
    public void Evaluate_InWithListAndText_LooksAtTheListOnly()
    {
        var condition = new SegmentCondition { Property = SingleCondition.Property, Operator = ConditionOperators.In, Value = "a", Values = ["b"] };

        AssertHolds(false, condition, SingleCondition.Identity("'a'"));
        AssertHolds(true, condition, SingleCondition.Identity("'b'"));
    }

    [Fact]
    public void Evaluate_ListForAnotherOperator_IsNotLookedAt()
    {
        var condition = new SegmentCondition { Property = SingleCondition.Property, Operator = ConditionOperators.Equal, Value = "a", Values = ["b"] };

        AssertHolds(true, condition, SingleCondition.Identity("'a'"));
        AssertHolds(false, condition, SingleCondition.Identity("'b'"));
    }

    [Theory]
    [MemberData(nameof(PropertyCases.ForSomebody), MemberType = typeof(PropertyCases))]
    public void Evaluate_PropertyOfSomebody_IsFoundAsSpecified(string property, string @operator, string? operand, bool expected)
    {
        AssertHolds(expected, new SegmentCondition { Property = property, Operator = @operator, Value = operand }, PropertyCases.Somebody);
    }

    [Theory]
    [MemberData(nameof(PropertyCases.ForEnvironment), MemberType = typeof(PropertyCases))]
    public void Evaluate_PropertyOfNobody_IsFoundAsSpecified(string property, string @operator, string? operand, bool expected)
    {
        AssertHolds(expected, new SegmentCondition { Property = property, Operator = @operator, Value = operand }, identity: null);
    }

    /// <summary>The names of the segments that match, and whether the only flag is on.</summary>
    protected abstract (IEnumerable<string> Segments, bool IsOn) Evaluate(EnvironmentModel model, Identity? identity);

    private void AssertHolds(bool expected, SegmentCondition condition, Identity? identity)
    {
        var (segments, isOn) = Evaluate(SingleCondition.Model(condition), identity);

        Assert.Equal(expected ? [SingleCondition.SegmentName] : [], segments);
        Assert.Equal(expected, isOn);
    }
}
