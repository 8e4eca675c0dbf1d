namespace EdgeProxy.Engine.Regexes.IRegexps;

/// <summary>What an <see cref="Instruction"/> does.</summary>
internal enum Opcode
{
    /// <summary>Takes one character of a set and goes on behind itself.</summary>
    Character,

    /// <summary>Goes on behind itself and at its target, both.</summary>
    Fork,

    /// <summary>Goes on at its target.</summary>
    Jump,

    /// <summary>Goes on behind itself at the start of the text only.</summary>
    Start,

    /// <summary>Goes on behind itself at the end of the text only.</summary>
    End,
}
