namespace EdgeProxy.Engine.Evaluation;

/// <summary>The place of a condition that may be expensive, for reports to the people who can change it.</summary>
/// <param name="SegmentName">The name of the segment; of the first one, if several share the condition.</param>
/// <param name="SegmentKey">The key of the segment.</param>
/// <param name="Property">The condition's property.</param>
/// <param name="Operator">The condition's operator.</param>
internal sealed record ConditionPlace(string SegmentName, string SegmentKey, string Property, string Operator)
{
    /// <summary>Formats the place in words.</summary>
    public override string ToString() => $"condition {Operator} on '{Property}' of segment '{SegmentName}' ({SegmentKey})";
}
