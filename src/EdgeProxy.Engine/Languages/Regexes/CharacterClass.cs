using System.Globalization;

namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>
/// The character classes, as Python defines them. They hold for every code point of Unicode 14 (Python 3.11); code
/// points assigned later count as what the runtime's newer tables say.
/// </summary>
internal static class CharacterClass
{
    /// <summary><c>str.isalnum</c> or an underscore: letters and everything numeric.</summary>
    public static bool IsWord(int codePoint) => codePoint == '_' || CharUnicodeInfo.GetUnicodeCategory(codePoint) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    public static bool IsAsciiWord(int codePoint) =>
        codePoint is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';

    /// <summary><c>str.isdecimal</c>.</summary>
    public static bool IsDigit(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint) == UnicodeCategory.DecimalDigitNumber;

    /// <summary><c>str.isspace</c>, which has the separators U+001C to U+001F in addition to Unicode's white space.</summary>
    public static bool IsSpace(int codePoint) =>
        codePoint <= char.MaxValue && (char.IsWhiteSpace((char)codePoint) || codePoint is >= 0x1C and <= 0x1F);

    /// <summary>Determines whether a code point is in at least one of the classes.</summary>
    public static bool IsInAny(CharacterClasses classes, int codePoint)
    {
        if (classes == CharacterClasses.None)
        {
            return false;
        }

        var its = (IsDigit(codePoint) ? CharacterClasses.Digit : CharacterClasses.NotDigit)
            | (IsSpace(codePoint) ? CharacterClasses.Space : CharacterClasses.NotSpace)
            | (IsWord(codePoint) ? CharacterClasses.Word : CharacterClasses.NotWord);
        return (classes & its) != CharacterClasses.None;
    }
}
