using System.Text;

namespace EdgeProxy.Engine.Languages.Regexes.Python;

/// <summary>A token: a code point, or a backslash and the code point after it.</summary>
internal readonly record struct PatternToken(int Value, bool IsEscape)
{
    /// <summary>The token after the last one.</summary>
    public static PatternToken End => new(-1, IsEscape: false);

    public bool IsEnd => Value < 0;

    /// <summary>The length of the token in code points of the pattern.</summary>
    public int Length => IsEnd ? 0 : IsEscape ? 2 : 1;

    public bool IsAsciiDigit => !IsEscape && Value is >= '0' and <= '9';

    public bool IsOctalDigit => !IsEscape && Value is >= '0' and <= '7';

    public bool IsHexDigit => !IsEscape && Value is >= 0 and < 128 && char.IsAsciiHexDigit((char)Value);

    public bool IsLetter => !IsEscape && Rune.TryCreate(Value, out var rune) && Rune.IsLetter(rune);

    public bool Is(char character) => !IsEscape && Value == character;

    public bool IsOneOf(string characters) =>
        !IsEscape && Value is >= 0 and <= char.MaxValue && characters.Contains((char)Value, StringComparison.Ordinal);

    /// <summary>As it stands in the pattern, for messages.</summary>
    public override string ToString() => (IsEscape ? "\\" : "") + CodePoints.ToText(Value);
}
