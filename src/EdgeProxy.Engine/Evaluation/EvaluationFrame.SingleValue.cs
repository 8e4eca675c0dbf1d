using System.Text;
using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Languages.JsonPaths.Queries;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Evaluation;

/// <content>Single values in a frame, for explanations, which evaluate condition by condition.</content>
internal sealed partial class EvaluationFrame
{
    /// <summary>Puts a value into the first slot, in place of the previous one.</summary>
    /// <returns>The type that it has for conditions; <see cref="ScalarKind.Null"/> for no value.</returns>
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
        if (_stepsLeft > 0 && TryRun(query, context, place: null, out node))
        {
            return true;
        }

        AbortedConditions++;
        return false;
    }
}
