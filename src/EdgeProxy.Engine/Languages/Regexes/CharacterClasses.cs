namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>Classes of many characters, asked for one by one instead of listed in ranges.</summary>
[Flags]
internal enum CharacterClasses
{
    None = 0,

    /// <summary><c>\d</c>.</summary>
    Digit = 1,

    /// <summary><c>\s</c>.</summary>
    Space = 2,

    /// <summary><c>\w</c>.</summary>
    Word = 4,

    /// <summary><c>\D</c>.</summary>
    NotDigit = 8,

    /// <summary><c>\S</c>.</summary>
    NotSpace = 16,

    /// <summary><c>\W</c>.</summary>
    NotWord = 32,
}
