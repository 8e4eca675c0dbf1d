using System.Runtime.InteropServices;

namespace EdgeProxy.Engine.Regexes;

/// <summary>A step of a compiled pattern; see <see cref="Opcode"/> for the operands.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Instruction(Opcode Opcode, int X = 0, int Y = 0);
