using System.Diagnostics;
using System.Globalization;
using System.Text;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Evaluation;

/// <content>Setting traits. Of traits with the same key the last one counts.</content>
internal sealed partial class EvaluationFrame
{
    private const int MaxIntegerDigits = 18;
    private const int MaxDoubleDigits = 309;

    private List<KeyValuePair<string, ScalarValue>>? _traits;

    /// <summary>Sets a trait to a string, which is converted if it looks like a number (docs/spec/evaluation.md 4.5).</summary>
    /// <param name="key">The trait's name.</param>
    /// <param name="value">The string, unescaped.</param>
    public void SetTraitText(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var slot = FindSlot(key);
        if (slot >= 0)
        {
            Slots[slot] = ReadText(value, Append(value));
        }

        Remember(key, ScalarKind.String, value);
    }

    /// <summary>Sets a trait to a number.</summary>
    /// <param name="key">The trait's name.</param>
    /// <param name="number">A JSON number as it is spelled.</param>
    public void SetTraitNumber(ReadOnlySpan<byte> key, ReadOnlySpan<byte> number)
    {
        var isInteger = JsonNumber.IsInteger(number);
        var slot = FindSlot(key);
        if (slot >= 0)
        {
            Slots[slot] = isInteger ? ReadInteger(number) : ReadDouble(number);
        }

        Remember(key, isInteger ? ScalarKind.Integer : ScalarKind.Double, number);
    }

    /// <summary>Sets a trait to a boolean.</summary>
    public void SetTraitBoolean(ReadOnlySpan<byte> key, bool value)
    {
        var slot = FindSlot(key);
        if (slot >= 0)
        {
            Slots[slot] = new SlotValue { Kind = value ? SlotKind.True : SlotKind.False };
        }

        Remember(key, ScalarKind.Boolean, value ? "true"u8 : "false"u8);
    }

    /// <summary>Sets a trait to null, which counts as no value and replaces an earlier one (docs/spec/evaluation.md 4.2).</summary>
    public void SetTraitNull(ReadOnlySpan<byte> key)
    {
        var slot = FindSlot(key);
        if (slot >= 0)
        {
            Slots[slot] = default;
        }

        Remember(key, ScalarKind.Null, default);
    }

    /// <summary>Removes all traits that were set in this evaluation.</summary>
    public void ForgetTraits()
    {
        Slots.AsSpan(SnapshotSlots.FirstTrait..Snapshot.Slots.CountFor(_scope)).Clear();
        _traits?.Clear();
    }

    /// <summary>Sets a trait to a scalar of any type.</summary>
    internal void SetTrait(ReadOnlySpan<byte> key, ScalarValue value)
    {
        switch (value.Kind)
        {
            case ScalarKind.Null:
                SetTraitNull(key);
                break;
            case ScalarKind.Boolean:
                SetTraitBoolean(key, value.AsBoolean());
                break;
            case ScalarKind.String:
                SetTraitText(key, Encoding.UTF8.GetBytes(value.Text));
                break;
            default:
                SetTraitNumber(key, Encoding.UTF8.GetBytes(value.Text));
                break;
        }
    }

    /// <summary>Reads a scalar of the model into a value of this frame.</summary>
    internal SlotValue Read(ScalarValue value)
    {
        switch (value.Kind)
        {
            case ScalarKind.Null:
                return default;
            case ScalarKind.Boolean:
                return new SlotValue { Kind = value.AsBoolean() ? SlotKind.True : SlotKind.False };
            default:
                var text = Encoding.UTF8.GetBytes(value.Text);
                return value.Kind switch
                {
                    ScalarKind.Integer => ReadInteger(text),
                    ScalarKind.Double => ReadDouble(text),
                    _ => ReadText(text, Append(text)),
                };
        }
    }

    private int FindSlot(ReadOnlySpan<byte> key) => Snapshot.Slots.Find(key, _scope);

    private SlotValue ReadText(ReadOnlySpan<byte> text, int offset) => NumberText.Classify(text) switch
    {
        ScalarKind.Integer => ReadInteger(text),
        ScalarKind.Double => ReadDouble(text),
        _ => new SlotValue { Kind = SlotKind.Text, Offset = offset, Length = text.Length },
    };

    private SlotValue ReadInteger(ReadOnlySpan<byte> text)
    {
        var magnitude = NumberText.Magnitude(text);
        var isNegative = NumberText.IsNegative(text);
        if (magnitude.Length <= MaxIntegerDigits)
        {
            var value = NumberText.Accumulate(magnitude);
            return new SlotValue { Kind = SlotKind.Integer, Bits = isNegative ? -value : value };
        }

        var offset = Append(isNegative ? "-"u8 : default);
        Append(magnitude);
        return new SlotValue
        {
            Kind = SlotKind.BigInteger,
            Offset = offset,
            Length = _textLength - offset,
            Bits = BitConverter.DoubleToInt64Bits(isNegative ? -ToDouble(magnitude) : ToDouble(magnitude)),
        };
    }

    /// <summary>
    /// Parses the nearest double. An integer beyond all of them is infinite, which shows without reading its digits.
    /// </summary>
    private static double ToDouble(ReadOnlySpan<byte> magnitude) => magnitude.Length > MaxDoubleDigits
        ? double.PositiveInfinity
        : double.Parse(magnitude, NumberStyles.None, CultureInfo.InvariantCulture);

    private static SlotValue ReadDouble(ReadOnlySpan<byte> text)
    {
        var parsed = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        Debug.Assert(parsed);
        return new SlotValue { Kind = SlotKind.Double, Bits = BitConverter.DoubleToInt64Bits(value) };
    }

    /// <summary>Keeps a trait unchanged, for the rare condition with a JSONPath query over all traits.</summary>
    private void Remember(ReadOnlySpan<byte> key, ScalarKind kind, ReadOnlySpan<byte> text)
    {
        if (!Snapshot.Queries.AreAsked(_scope))
        {
            return;
        }

        var value = kind switch
        {
            ScalarKind.Null => ScalarValue.Null,
            ScalarKind.Boolean => text.Length == "true"u8.Length,
            ScalarKind.String => Encoding.UTF8.GetString(text),
            _ => ScalarValue.FromJsonNumber(Encoding.UTF8.GetString(text)),
        };
        (_traits ??= []).Add(new(Encoding.UTF8.GetString(key), value));
    }
}
