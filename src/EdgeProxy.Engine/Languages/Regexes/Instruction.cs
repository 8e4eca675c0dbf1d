using System.Runtime.InteropServices;

namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>A step of a compiled pattern; see <see cref="Opcode"/> for the operands.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Instruction(Opcode Opcode, int X = 0, int Y = 0)
{
    /// <summary>The same in a copy of its surroundings that stands so much further on.</summary>
    public Instruction MovedBy(int distance) => Opcode switch
    {
        Opcode.Jump => this with { X = X + distance },
        Opcode.Split => this with { X = X + distance, Y = Y + distance },
        Opcode.EndIteration or Opcode.IfGroup or Opcode.Look or Opcode.LookNot or Opcode.Atomic => this with { Y = Y + distance },
        _ => this,
    };
}
