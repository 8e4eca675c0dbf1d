using System.Text;
using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Languages.JsonPaths.Queries;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Evaluation;

/// <content>A frame as the place of one value after the other, for explanations, which evaluate condition by condition.</content>
internal sealed partial class EvaluationFrame
{
    /// <summary>Puts a value into the first slot, instead of the one before.</summary>
    /// <returns>The type that it has for conditions; null if there is none.</returns>
    internal ScalarKind HoldValue(ScalarValue value)
    {
        _textLength = 0;
        ForgetConversions();
        if (Slots.Length == 0)
        {
            Slots = new SlotValue[1];
        }

        Slots[0] = Read(value);
        return Slots[0].Kind switch
        {
            SlotKind.None => ScalarKind.Null,
            SlotKind.False or SlotKind.True => ScalarKind.Boolean,
            SlotKind.Integer or SlotKind.BigInteger => ScalarKind.Integer,
            SlotKind.Double => ScalarKind.Double,
            _ => ScalarKind.String,
        };
    }

    /// <summary>The text form of the value in the first slot.</summary>
    internal string HeldText()
    {
        Span<byte> scratch = stackalloc byte[DoubleText.MaxLength];
        return Encoding.UTF8.GetString(AsText(in Slots[0], scratch));
    }

    /// <summary>Runs a query within the budget; false if it costs too much.</summary>
    internal bool TryQuery(JsonPathQuery query, PathNode context, out PathNode? node)
    {
        node = null;
        var isAborted = true;
        if (_stepsLeft > 0)
        {
            node = query.First(context, Math.Max(1, _stepsLeft / StepsPerQueryStep), out var steps, out isAborted);
            _stepsLeft -= steps * StepsPerQueryStep;
        }

        AbortedConditions += isAborted ? 1 : 0;
        return !isAborted;
    }
}
