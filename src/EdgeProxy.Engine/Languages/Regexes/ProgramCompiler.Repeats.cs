using static EdgeProxy.Engine.Languages.Regexes.PatternNode;

namespace EdgeProxy.Engine.Languages.Regexes;

internal sealed partial class ProgramCompiler
{
    private void Write(Repeat repeat)
    {
        if (repeat.Mode == RepeatMode.Possessive)
        {
            // In Python not even a single iteration gets a second chance: (?:a|ab){2}+ does not match "aba".
            WriteAtomic(new Repeat(new Atomic(repeat.Body), repeat.Min, repeat.Max, RepeatMode.Greedy));
            return;
        }

        // The last mandatory copy of x{3,} is also the body of the loop.
        var isOpen = repeat.Max == Unlimited;
        var copies = isOpen && repeat.Min > 0 ? repeat.Min - 1 : repeat.Min;
        var body = (Start: 0, End: 0);
        for (var i = 0u; i < copies; i++)
        {
            if (!TryWriteBody(repeat.Body, ref body))
            {
                return;
            }
        }

        if (isOpen)
        {
            WriteLoop(repeat, body);
        }
        else
        {
            WriteOptional(repeat, body);
        }
    }

    /// <summary>
    /// Writes the body of a repetition: the first time by its nodes, then by copying those instructions, so that each
    /// node is visited once. False if there was nothing to write, which is the same any number of times, or no room.
    /// </summary>
    private bool TryWriteBody(PatternNode node, ref (int Start, int End) body)
    {
        var start = Here;
        if (body.End == 0)
        {
            Write(node);
            body = (start, Here);
        }
        else
        {
            for (var i = body.Start; i < body.End; i++)
            {
                Add(_instructions[i].MovedBy(start - body.Start));
            }
        }

        return Here > start;
    }

    /// <summary><c>x*</c> or <c>x+</c>: the first splits before the body, both split behind it.</summary>
    private void WriteLoop(Repeat repeat, (int Start, int End) body)
    {
        var start = Here;
        var isOptional = repeat.Min == 0;
        var slot = WriteEntry(repeat.Body, isOptional ? Opcode.Mark : Opcode.Clear);
        var first = isOptional ? Reserve() : -1;
        var iteration = Here;
        if (!TryWriteBody(repeat.Body, ref body))
        {
            RemoveFrom(start);
            return;
        }

        var check = WriteCheck(slot);
        var last = Reserve();
        _instructions[last] = Branch(repeat.Mode, iteration);
        SetExit(check);
        if (isOptional)
        {
            _instructions[first] = Branch(repeat.Mode, iteration);
        }
    }

    /// <summary><c>x{0,3}</c>: three copies, each behind a split that leaves all of it.</summary>
    private void WriteOptional(Repeat repeat, (int Start, int End) body)
    {
        var start = Here;
        var splits = new List<int>();
        var checks = new List<int>();
        var slot = WriteEntry(repeat.Body, Opcode.Mark);
        for (var i = repeat.Min; i < repeat.Max; i++)
        {
            splits.Add(Reserve());
            if (!TryWriteBody(repeat.Body, ref body))
            {
                RemoveFrom(start);
                return;
            }

            checks.Add(WriteCheck(slot));
        }

        foreach (var split in splits)
        {
            _instructions[split] = Branch(repeat.Mode, split + 1);
        }

        checks.ForEach(SetExit);
    }

    /// <summary>
    /// Before a loop whose body may match nothing: where the last iteration ended, so that the loop can stop where one
    /// takes nothing. As in Python, a first mandatory iteration does not count. Gives the slot; -1 if none is needed.
    /// </summary>
    private int WriteEntry(PatternNode body, Opcode opcode)
    {
        // Following all ways at once never follows one twice, so there is nothing to check.
        if (_isRegular || body.Width.Min > 0)
        {
            return -1;
        }

        Add(new Instruction(opcode, _slotCount));
        return _slotCount++;
    }

    private int WriteCheck(int slot)
    {
        if (slot >= 0)
        {
            Add(new Instruction(Opcode.EndIteration, slot));
        }

        return slot >= 0 ? Here - 1 : -1;
    }

    /// <summary>Goes into the body or on from here, in the order that the mode wants.</summary>
    private Instruction Branch(RepeatMode mode, int body) => mode == RepeatMode.Lazy
        ? new Instruction(Opcode.Split, Here, body)
        : new Instruction(Opcode.Split, body, Here);

    private void RemoveFrom(int start) => _instructions.RemoveRange(start, Here - start);

    private void SetExit(int check)
    {
        if (check >= 0)
        {
            _instructions[check] = _instructions[check] with { Y = Here };
        }
    }
}
