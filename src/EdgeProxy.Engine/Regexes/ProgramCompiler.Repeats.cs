using static EdgeProxy.Engine.Regexes.PatternNode;

namespace EdgeProxy.Engine.Regexes;

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
        for (var i = 0u; i < copies; i++)
        {
            var start = Here;
            Write(repeat.Body);
            if (Here == start)
            {
                return; // a body without instructions is the same any number of times
            }
        }

        if (isOpen)
        {
            WriteLoop(repeat);
        }
        else
        {
            WriteOptional(repeat);
        }
    }

    /// <summary><c>x*</c> or <c>x+</c>: the first splits before the body, both split behind it.</summary>
    private void WriteLoop(Repeat repeat)
    {
        var isOptional = repeat.Min == 0;
        var slot = WriteEntry(repeat.Body, isOptional ? Opcode.Mark : Opcode.Clear);
        var first = isOptional ? Reserve() : -1;
        var body = Here;
        Write(repeat.Body);
        var check = WriteCheck(slot);
        var last = Reserve();
        _instructions[last] = Branch(repeat.Mode, body);
        SetExit(check);
        if (isOptional)
        {
            _instructions[first] = Branch(repeat.Mode, body);
        }
    }

    /// <summary><c>x{0,3}</c>: three copies, each behind a split that leaves all of it.</summary>
    private void WriteOptional(Repeat repeat)
    {
        var splits = new List<int>();
        var checks = new List<int>();
        var slot = WriteEntry(repeat.Body, Opcode.Mark);
        for (var i = repeat.Min; i < repeat.Max; i++)
        {
            splits.Add(Reserve());
            Write(repeat.Body);
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

    private void SetExit(int check)
    {
        if (check >= 0)
        {
            _instructions[check] = _instructions[check] with { Y = Here };
        }
    }
}
