using System.Numerics;
using System.Text;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary>
/// The operand of a comparison, converted once to every type that a value may have
/// (docs/spec/evaluation.md 5.4). If a conversion fails, no comparison with that type holds. There may be a million: what few
/// have is an object of its own.
/// </summary>
internal sealed class ComparisonOperand
{
    /// <summary>The suffix of an operand that is a semantic version.</summary>
    public const string VersionSuffix = ":semver";

    /// <summary>The text of null.</summary>
    public const string NullText = "None";

    // A VersionOperand, a LargeInteger or null: no text is both a version and a number.
    private readonly object? _rare;
    private readonly long _integer;

    public ComparisonOperand(string? value)
    {
        Boolean = value is not ("False" or "false");
        if (PythonLiteral.TryParseInteger(value, out var integer))
        {
            HasInteger = true;
            if (BigInteger.Abs(integer) < LargeInteger.Limit)
            {
                _integer = (long)integer;
            }
            else
            {
                _rare = new LargeInteger(integer);
            }
        }

        HasDouble = PythonLiteral.TryParseDouble(value, out var number);
        Double = number;
        IsVersion = value is not null && value.EndsWith(VersionSuffix, StringComparison.Ordinal);
        Text = Encoding.UTF8.GetBytes(IsVersion ? value![..^VersionSuffix.Length] : value ?? NullText);
        if (IsVersion && SemanticVersion.TryParse(Text, out var version))
        {
            _rare = new VersionOperand(version);
        }
    }

    /// <summary>The operand as a boolean; the cast never fails.</summary>
    public bool Boolean { get; }

    /// <summary>Indicates whether it is an integer that can be compared with.</summary>
    public bool HasInteger { get; }

    /// <summary>Indicates whether it is a double that can be compared with.</summary>
    public bool HasDouble { get; }

    /// <summary>The operand as a double, if <see cref="HasDouble"/>.</summary>
    public double Double { get; }

    /// <summary>The operand as text, for strings; without the suffix if it is a version.</summary>
    public byte[] Text { get; }

    /// <summary>Indicates whether strings are to be compared as versions.</summary>
    public bool IsVersion { get; }

    /// <summary>The parts of <see cref="Text"/>; null if it is no version that can be compared with.</summary>
    public VersionOperand? Version => _rare as VersionOperand;

    /// <summary>Compares an integer with the operand, if <see cref="HasInteger"/>; returns the sign.</summary>
    public int CompareFrom(EvaluationFrame frame, in SlotValue value)
    {
        if (_rare is LargeInteger large)
        {
            return large.CompareFrom(frame, in value);
        }

        // A large value is beyond every small operand, on the side of its sign.
        return value.Kind == SlotKind.Integer ? value.Bits.CompareTo(_integer) : frame.TextOf(in value)[0] == (byte)'-' ? -1 : 1;
    }
}
