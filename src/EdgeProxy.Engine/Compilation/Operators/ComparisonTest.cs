using EdgeProxy.Engine.Compilation.Operators.Relations;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary>
/// <c>EQUAL</c>, <c>NOT_EQUAL</c> and the four orders: the operand as the value's type, then compared.
/// </summary>
internal readonly struct ComparisonTest<TRelation>(ComparisonOperand operand, ConditionPlace place) : IValueTest
    where TRelation : struct, IRelation
{
    private const int VersionBytesPerStep = 4;

    /// <inheritdoc/>
    public int Cost => operand.IsVersion ? 40 : 5;

    /// <inheritdoc/>
    public bool Matches(EvaluationFrame frame, in SlotValue value) => value.Kind switch
    {
        SlotKind.Text => MatchesText(frame, frame.TextOf(in value)),
        SlotKind.Integer or SlotKind.BigInteger =>
            operand.HasInteger && TRelation.Holds(operand.CompareFrom(frame, in value)),
        SlotKind.Double => operand.HasDouble && TRelation.Holds(value.Double, operand.Double),
        SlotKind.None => false,
        _ => TRelation.Holds((value.Kind == SlotKind.True).CompareTo(operand.Boolean)),
    };

    private bool MatchesText(EvaluationFrame frame, ReadOnlySpan<byte> text)
    {
        if (!operand.IsVersion)
        {
            return TRelation.Holds(text, operand.Text);
        }

        return operand.Version is { } wanted
            && frame.TryScan(text.Length, VersionBytesPerStep, factor: 1, place)
            && SemanticVersion.TryParse(text, out var version)
            && TRelation.Holds(SemanticVersion.Compare(text, in version, operand.Text, in wanted.Parts));
    }
}
