using System.Globalization;

namespace EdgeProxy.Engine.Languages.Regexes.Python;

/// <summary><c>str.isidentifier</c>, which group names must satisfy.</summary>
internal static class PythonIdentifier
{
    public static bool IsValid(string name)
    {
        for (var position = 0; position < name.Length;)
        {
            var codePoint = CodePoints.At(name, position, out var length);
            if (!(position == 0 ? IsStart(codePoint) : IsStart(codePoint) || IsContinuation(codePoint)))
            {
                return false;
            }

            position += length;
        }

        return name.Length > 0;
    }

    private static bool IsStart(int codePoint) => codePoint == '_' || CharUnicodeInfo.GetUnicodeCategory(codePoint) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    private static bool IsContinuation(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
}
