using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Model;

/// <summary>
/// A value of a flag or a trait: text, a whole number of any size, a double, a boolean, or null.
/// Immutable. Numbers keep the spelling they came in, so that they are served as they were sent.
/// </summary>
[DebuggerDisplay("{Kind}: {Text}")]
public readonly struct ScalarValue : IEquatable<ScalarValue>
{
    // A string, or a text that is still as a document spells it.
    private readonly object? _text;

    /// <summary>A text that is part of a document, which it keeps in memory.</summary>
    internal ScalarValue(SpelledText text)
    {
        Kind = ScalarKind.String;
        _text = text;
    }

    private ScalarValue(ScalarKind kind, string? text)
    {
        Kind = kind;
        _text = text;
    }

    /// <summary>The value that is none; also the default of the type.</summary>
    public static ScalarValue Null => default;

    /// <summary>The kind of the value.</summary>
    public ScalarKind Kind { get; }

    /// <summary>
    /// The text of a string; the JSON spelling of anything else (<c>12</c>, <c>1.50</c>, <c>true</c>, <c>null</c>).
    /// </summary>
    public string Text => _text is string text ? text : _text?.ToString() ?? "null";

    /// <summary>The text as its document spells it; null if it is any other value.</summary>
    internal SpelledText? Spelled => _text as SpelledText;

    /// <summary>A number from its JSON spelling, which is kept.</summary>
    /// <param name="json">A JSON number such as <c>-12</c>, <c>1.50</c> or <c>1e3</c>.</param>
    /// <exception cref="FormatException">The text is not a JSON number.</exception>
    public static ScalarValue FromJsonNumber(string json)
    {
        if (!JsonNumber.IsValid(json))
        {
            throw new FormatException($"'{json}' is not a JSON number.");
        }

        return new ScalarValue(JsonNumber.IsInteger(json) ? ScalarKind.Integer : ScalarKind.Double, json);
    }

    /// <summary>A text; null gives <see cref="Null"/>.</summary>
    public static implicit operator ScalarValue(string? value) =>
        value is null ? Null : new ScalarValue(ScalarKind.String, value);

    /// <summary>A whole number.</summary>
    public static implicit operator ScalarValue(long value) =>
        new(ScalarKind.Integer, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A whole number of any size.</summary>
    public static implicit operator ScalarValue(BigInteger value) =>
        new(ScalarKind.Integer, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A double, even where it is whole: <c>1d</c> is <c>1.0</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is infinite or not a number, which JSON cannot say.</exception>
    public static implicit operator ScalarValue(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A value must be finite.");
        }

        return new ScalarValue(ScalarKind.Double, DoubleText.ToText(value));
    }

    /// <summary>A boolean.</summary>
    public static implicit operator ScalarValue(bool value) => new(ScalarKind.Boolean, value ? "true" : "false");

    /// <summary>Same kind and same spelling.</summary>
    public static bool operator ==(ScalarValue left, ScalarValue right) => left.Equals(right);

    /// <summary>Another kind or another spelling.</summary>
    public static bool operator !=(ScalarValue left, ScalarValue right) => !left.Equals(right);

    /// <summary>The boolean that this is.</summary>
    /// <exception cref="InvalidOperationException">It is something else.</exception>
    public bool AsBoolean() => Kind == ScalarKind.Boolean ? Text == "true" : throw NotA("boolean");

    /// <summary>The number that this is, rounded to the nearest double; infinite when it is out of range.</summary>
    /// <exception cref="InvalidOperationException">It is not a number.</exception>
    public double AsDouble() => Kind is ScalarKind.Integer or ScalarKind.Double
        ? double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture)
        : throw NotA("number");

    /// <summary>The whole number that this is.</summary>
    /// <exception cref="InvalidOperationException">It is something else.</exception>
    public BigInteger AsInteger() => Kind == ScalarKind.Integer
        ? BigInteger.Parse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : throw NotA("whole number");

    /// <summary>
    /// The value as text, the way conditions and hashes see it (docs/spec/evaluation.md 5.9): a string as it is, an integer
    /// in decimal, a double in its shortest form, <c>True</c>, <c>False</c> or <c>None</c>.
    /// </summary>
    public string AsText() => Kind switch
    {
        ScalarKind.Null => "None",
        ScalarKind.Boolean => AsBoolean() ? "True" : "False",
        ScalarKind.String => Text,
        ScalarKind.Double => DoubleText.ToText(AsDouble()),
        _ => IntegerAsText(Text),
    };

    /// <summary>Same kind and same spelling: <c>1.0</c> and <c>1.00</c> differ.</summary>
    public bool Equals(ScalarValue other) => Kind == other.Kind && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ScalarValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Text);

    /// <summary>The same as <see cref="Text"/>.</summary>
    public override string ToString() => Text;

    private static string IntegerAsText(string json)
    {
        var digits = json.TrimStart('-').TrimStart('0');
        return digits.Length == 0 ? "0" : json.StartsWith('-') ? "-" + digits : digits;
    }

    private InvalidOperationException NotA(string wanted) => new($"The value is not a {wanted} but {Kind}.");
}
