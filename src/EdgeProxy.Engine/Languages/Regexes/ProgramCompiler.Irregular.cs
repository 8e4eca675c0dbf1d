using System.Diagnostics;
using static EdgeProxy.Engine.Languages.Regexes.PatternNode;

namespace EdgeProxy.Engine.Languages.Regexes;

internal sealed partial class ProgramCompiler
{
    private void WriteIrregular(PatternNode node)
    {
        switch (node)
        {
            case Atomic atomic:
                WriteAtomic(atomic.Body);
                break;
            case Look look:
                var distance = look.IsBehind ? (int)look.Body.Width.Min : 0;
                WriteEnclosed(new Instruction(look.IsNegative ? Opcode.LookNot : Opcode.Look, distance), look.Body);
                break;
            case Reference reference:
                Add(new Instruction(Opcode.Reference, _groupSlots[reference.GroupNumber], (int)reference.Comparison));
                break;
            case Conditional conditional:
                Write(conditional);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void WriteAtomic(PatternNode body) => WriteEnclosed(new Instruction(Opcode.Atomic), body);

    /// <summary>An instruction, a body that is matched apart from the rest, and the way on as operand Y.</summary>
    private void WriteEnclosed(Instruction instruction, PatternNode body)
    {
        var start = Reserve();
        Write(body);
        Add(new Instruction(Opcode.Accept));
        _instructions[start] = instruction with { Y = Here };
    }

    private void Write(Conditional conditional)
    {
        var condition = Reserve();
        Write(conditional.Yes);
        var jump = Reserve();
        _instructions[condition] = new Instruction(Opcode.IfGroup, _groupSlots[conditional.GroupNumber], Here);
        Write(conditional.No);
        _instructions[jump] = new Instruction(Opcode.Jump, Here);
    }
}
