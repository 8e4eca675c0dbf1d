namespace EdgeProxy.Engine.Regexes.IRegexps;

/// <summary>A step of a compiled pattern. Programs can be moved and copied as they are: targets are relative.</summary>
/// <param name="Opcode">What it does.</param>
/// <param name="Set">The characters that <see cref="Opcode.Character"/> takes.</param>
/// <param name="Target">Where to go, counted from the instruction itself. Behind the last one the pattern has matched.</param>
internal readonly record struct Instruction(Opcode Opcode, CodePointSet? Set = null, int Target = 0);
