using System.Text;

namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>Compares characters ignoring case.</summary>
internal static class CaseRules
{
    private const int DottedCapitalI = 0x130;

    /// <summary>Determines whether two code points are equal under a rule, the way a backreference compares.</summary>
    public static bool AreEqual(int left, int right, CaseRule rule) => left == right || rule switch
    {
        CaseRule.Ignore => ToLower(left) == ToLower(right),
        CaseRule.IgnoreAscii => IsAsciiLetter(left) && (left ^ right) == 0x20,
        _ => false,
    };

    /// <summary>The lower case of a code point, where it is one code point; otherwise itself.</summary>
    public static int ToLower(int codePoint) => codePoint == DottedCapitalI
        ? 'i' // the runtime leaves this one alone
        : Rune.TryCreate(codePoint, out var rune) ? Rune.ToLowerInvariant(rune).Value : codePoint;

    public static bool IsAsciiLetter(int codePoint) => codePoint is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
