using static EdgeProxy.Engine.Languages.Regexes.PatternNode;

namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>
/// Turns a parsed pattern into instructions. Counted repetitions are written out, and ten characters can ask for
/// millions, so the size is bounded. Time does not depend on it: see the matchers' steps. Used once.
/// </summary>
internal sealed partial class ProgramCompiler
{
    private readonly List<Instruction> _instructions = [];
    private readonly Dictionary<CodePointSet, int> _sets = [];
    private readonly Dictionary<int, int> _groupSlots = [];
    private readonly bool _isRegular;
    private readonly int _maxInstructions;
    private int _slotCount;
    private bool _isTooLarge;

    private ProgramCompiler(ParsedPattern pattern, int maxInstructions)
    {
        _isRegular = pattern.IsRegular;
        _maxInstructions = maxInstructions;
        foreach (var group in pattern.ReferencedGroups)
        {
            _groupSlots.Add(group, _slotCount);
            _slotCount += 2;
        }
    }

    /// <summary>The program, or null if it has more instructions than it may, the one that accepts included.</summary>
    public static RegexProgram? TryCompile(ParsedPattern pattern, int maxInstructions)
    {
        var compiler = new ProgramCompiler(pattern, maxInstructions);
        compiler.Write(pattern.Root);
        compiler.Add(new Instruction(Opcode.Accept));
        return compiler._isTooLarge
            ? null
            : new RegexProgram([.. compiler._instructions], [.. compiler._sets.Keys], compiler._slotCount);
    }

    private int Here => _instructions.Count;

    private void Write(PatternNode node)
    {
        switch (node)
        {
            case var _ when _isTooLarge:
                break; // whatever is written now is for nothing
            case Characters characters:
                Write(characters.Set);
                break;
            case Anchor anchor:
                Add(new Instruction(Opcode.Anchor, (int)anchor.Kind));
                break;
            case Sequence sequence:
                foreach (var item in sequence.Items)
                {
                    Write(item);
                }

                break;
            case Alternation alternation:
                Write(alternation);
                break;
            case Group group:
                Write(group);
                break;
            case Repeat repeat:
                Write(repeat);
                break;
            default:
                WriteIrregular(node);
                break;
        }
    }

    private void Write(CodePointSet set)
    {
        if (set.TryGetSingle(out var codePoint))
        {
            Add(new Instruction(Opcode.Character, codePoint));
            return;
        }

        _sets.TryAdd(set, _sets.Count);
        Add(new Instruction(Opcode.Set, _sets[set]));
    }

    private void Write(Alternation alternation)
    {
        var ends = new List<int>();
        for (var i = 0; i < alternation.Options.Count - 1; i++)
        {
            var split = Reserve();
            Write(alternation.Options[i]);
            ends.Add(Reserve());
            _instructions[split] = new Instruction(Opcode.Split, split + 1, Here);
        }

        Write(alternation.Options[^1]);
        foreach (var end in ends)
        {
            _instructions[end] = new Instruction(Opcode.Jump, Here);
        }
    }

    private void Write(Group group)
    {
        if (group.Number is not { } number || !_groupSlots.TryGetValue(number, out var slot))
        {
            Write(group.Body);
            return;
        }

        Add(new Instruction(Opcode.Mark, slot));
        Write(group.Body);
        Add(new Instruction(Opcode.Mark, slot + 1));
    }

    /// <summary>A place for an instruction whose operands are known only later.</summary>
    private int Reserve()
    {
        Add(default);
        return Here - 1;
    }

    private void Add(Instruction instruction)
    {
        _isTooLarge |= Here == _maxInstructions;
        if (!_isTooLarge)
        {
            _instructions.Add(instruction);
        }
    }
}
