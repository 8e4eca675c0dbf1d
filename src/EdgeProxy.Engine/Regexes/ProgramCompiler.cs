using static EdgeProxy.Engine.Regexes.PatternNode;

namespace EdgeProxy.Engine.Regexes;

/// <summary>
/// Turns a parsed pattern into instructions. Counted repetitions are written out, which is what bounds the size: a
/// program that gets too long is refused with a <see cref="PatternException"/>.
/// </summary>
internal sealed partial class ProgramCompiler
{
    /// <summary>
    /// Enough for some hundred labels of 63 characters, and 240 KB. Time does not depend on it: see the matchers' steps.
    /// </summary>
    public const int MaxInstructions = 20_000;

    private readonly List<Instruction> _instructions = [];
    private readonly Dictionary<CodePointSet, int> _sets = [];
    private readonly Dictionary<int, int> _groupSlots = [];
    private readonly bool _isRegular;
    private int _slotCount;

    private ProgramCompiler(ParsedPattern pattern)
    {
        _isRegular = pattern.IsRegular;
        foreach (var group in pattern.ReferencedGroups)
        {
            _groupSlots.Add(group, _slotCount);
            _slotCount += 2;
        }
    }

    public static RegexProgram Compile(ParsedPattern pattern)
    {
        var compiler = new ProgramCompiler(pattern);
        compiler.Write(pattern.Root);
        compiler.Add(new Instruction(Opcode.Accept));
        return new RegexProgram([.. compiler._instructions], [.. compiler._sets.Keys], compiler._slotCount);
    }

    private int Here => _instructions.Count;

    private void Write(PatternNode node)
    {
        switch (node)
        {
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
        if (Here == MaxInstructions)
        {
            throw new PatternException($"too large: more than {MaxInstructions} steps when written out");
        }

        _instructions.Add(instruction);
    }
}
