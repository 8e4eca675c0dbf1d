namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>The operation of an instruction; X and Y are its operands. Execution continues with the next one unless stated otherwise.</summary>
internal enum Opcode : byte
{
    /// <summary>The program, or the body of a lookaround or atomic group, has matched.</summary>
    Accept,

    /// <summary>Takes the code point X.</summary>
    Character,

    /// <summary>Takes a code point that is in set X.</summary>
    Set,

    /// <summary>Goes on only where anchor X holds.</summary>
    Anchor,

    /// <summary>Goes on at X.</summary>
    Jump,

    /// <summary>Goes on at X, and if that comes to nothing at Y.</summary>
    Split,

    /// <summary>Notes the position in slot X.</summary>
    Mark,

    /// <summary>Notes in slot X that there is no position.</summary>
    Clear,

    /// <summary>
    /// Ends an iteration of a loop: notes the position in slot X, or goes on at Y, to no further iteration, if the last
    /// one ended here too.
    /// </summary>
    EndIteration,

    /// <summary>Takes the text between slots X and X + 1 again, compared by case rule Y.</summary>
    Reference,

    /// <summary>Goes on at Y unless slots X and X + 1 hold a group's text.</summary>
    IfGroup,

    /// <summary>Matches the instructions from here X code points back, then goes on at Y from the present position.</summary>
    Look,

    /// <summary>As <see cref="Look"/>, but goes on at Y only if the instructions do not match.</summary>
    LookNot,

    /// <summary>Matches the instructions from here in their first way only, then goes on at Y.</summary>
    Atomic,
}
