using System.Numerics;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>The relation of a value to an operand cast to its type. All three are false against <c>nan</c>.</summary>
internal sealed record ReferenceComparison(bool Less, bool Equal, bool Greater)
{
    private const string SemanticVersionSuffix = ":semver";

    public static bool IsSemanticVersion(string? operand) =>
        operand is not null && operand.EndsWith(SemanticVersionSuffix, StringComparison.Ordinal);

    /// <summary>Null where the cast fails.</summary>
    public static ReferenceComparison? Of(object value, string? operand) => PythonNumbers.IsTooLong(operand) ? null : value switch
    {
        bool truth => Sign(truth.CompareTo(operand is not ("False" or "false"))),
        BigInteger integer => PythonNumbers.Integer(operand) is { } other ? Sign(integer.CompareTo(other)) : null,
        double real => PythonNumbers.Double(operand) is { } other ? new(real < other, real == other, real > other) : null,
        string text when IsSemanticVersion(operand) => OfVersions(text, operand![..^SemanticVersionSuffix.Length]),
        string text => Sign(CompareCodePoints(text, operand ?? PythonText.Of(null))),
        _ => throw new ArgumentException($"{value.GetType()} is not a type of values.", nameof(value)),
    };

    private static ReferenceComparison Sign(int comparison) => new(comparison < 0, comparison == 0, comparison > 0);

    private static ReferenceComparison? OfVersions(string left, string right) =>
        ReferenceVersion.Parse(left) is { } leftVersion && ReferenceVersion.Parse(right) is { } rightVersion
            ? Sign(ReferenceVersion.Compare(leftVersion, rightVersion))
            : null;

    /// <summary>Not ordinal: in UTF-16, characters beyond U+FFFF come before those from U+E000.</summary>
    private static int CompareCodePoints(string left, string right)
    {
        var leftPoints = left.EnumerateRunes().ToArray();
        var rightPoints = right.EnumerateRunes().ToArray();
        for (var i = 0; i < Math.Min(leftPoints.Length, rightPoints.Length); i++)
        {
            if (leftPoints[i] != rightPoints[i])
            {
                return leftPoints[i].CompareTo(rightPoints[i]);
            }
        }

        return leftPoints.Length.CompareTo(rightPoints.Length);
    }
}
