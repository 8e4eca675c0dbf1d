using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Tests.Reference;

namespace EdgeProxy.Engine.Tests.Compilation;

/// <summary>evaluation.md, sections 4 and 5: the tables that hold for the interpreter hold for the engine.</summary>
public sealed class CompiledConditionTests
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

    [Theory]
    [MemberData(nameof(PropertyCases.ForSomebody), MemberType = typeof(PropertyCases))]
    public void Evaluate_PropertyOfSomebody_IsFoundAsSpecified(string property, string @operator, string? operand, bool expected)
    {
        AssertHolds(expected, new SegmentCondition { Property = property, Operator = @operator, Value = operand }, PropertyCases.Somebody);
    }

    [Theory]
    [MemberData(nameof(PropertyCases.ForNobody), MemberType = typeof(PropertyCases))]
    public void Evaluate_PropertyOfNobody_IsFoundAsSpecified(string property, string @operator, string? operand, bool expected)
    {
        AssertHolds(expected, new SegmentCondition { Property = property, Operator = @operator, Value = operand }, identity: null);
    }

    private static void AssertHolds(bool expected, SegmentCondition condition, Identity? identity)
    {
        var result = EnvironmentCompiler.Compile(SingleCondition.Model(condition)).Snapshot.Evaluate(identity);

        Assert.Equal(expected ? [SingleCondition.SegmentName] : [], result.Segments.Select(static segment => segment.Name));
        Assert.Equal(expected, Assert.Single(result.Flags).Value.Enabled);
    }
}
