using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary><c>PERCENTAGE_SPLIT</c>: the hash of segment key and value is at most so many percent.</summary>
internal readonly struct PercentageSplitTest(byte[] segmentKey, double percentage, ConditionPlace place) : IValueTest
{
    /// <inheritdoc/>
    public int Cost => 200;

    /// <inheritdoc/>
    public bool Matches(EvaluationFrame frame, in SlotValue value)
    {
        if (value.Kind == SlotKind.None)
        {
            return false;
        }

        Span<byte> scratch = stackalloc byte[DoubleText.MaxLength];
        var text = frame.AsText(in value, scratch);
        return frame.TryHash(text.Length, place) && PercentageHash.Of(segmentKey, text) <= percentage;
    }
}
