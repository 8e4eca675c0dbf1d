namespace EdgeProxy.Engine.Evaluation;

/// <summary>The kinds of <see cref="Instruction"/>.</summary>
internal enum Opcode : byte
{
    /// <summary>Reads flag path <c>A</c>, unless the trait in slot <c>B</c> has a value. May suspend the program.</summary>
    Read,

    /// <summary>Asks the matcher; the answer goes to register <c>A</c>.</summary>
    Ask,

    /// <summary>Sets register <c>A</c> to <c>Flag</c>.</summary>
    Set,

    /// <summary>Continues at <c>B</c> if register <c>A</c> is <c>Flag</c>.</summary>
    JumpIf,

    /// <summary>Clears register <c>A</c> if register <c>B</c> is clear.</summary>
    And,
}
