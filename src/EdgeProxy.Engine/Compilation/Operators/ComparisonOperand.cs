using System.Text;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary>
/// The operand of a comparison, converted once to every type that a value may have
/// (docs/spec/evaluation.md 5.4). A failed conversion gives null, and then no comparison with that type holds.
/// </summary>
internal sealed class ComparisonOperand
{
    /// <summary>The suffix of an operand that is a semantic version.</summary>
    public const string VersionSuffix = ":semver";

    /// <summary>The text of null.</summary>
    public const string NullText = "None";

    public ComparisonOperand(string? value)
    {
        Boolean = value is not ("False" or "false");
        Integer = PythonLiteral.TryParseInteger(value, out var integer) ? new IntegerOperand(integer) : null;
        Double = PythonLiteral.TryParseDouble(value, out var number) ? number : null;
        IsVersion = value is not null && value.EndsWith(VersionSuffix, StringComparison.Ordinal);
        Text = Encoding.UTF8.GetBytes(IsVersion ? value![..^VersionSuffix.Length] : value ?? NullText);
        HasVersion = IsVersion && SemanticVersion.TryParse(Text, out Version);
    }

    /// <summary>The operand as a boolean; the cast never fails.</summary>
    public bool Boolean { get; }

    /// <summary>The operand as an integer.</summary>
    public IntegerOperand? Integer { get; }

    /// <summary>The operand as a double.</summary>
    public double? Double { get; }

    /// <summary>The operand as text, for strings; without the suffix if it is a version.</summary>
    public byte[] Text { get; }

    /// <summary>Indicates whether strings are to be compared as versions.</summary>
    public bool IsVersion { get; }

    /// <summary>Indicates whether it is a version that can be compared with.</summary>
    public bool HasVersion { get; }

    /// <summary>The parts of <see cref="Text"/>, if <see cref="HasVersion"/>.</summary>
    public readonly SemanticVersion Version;
}
