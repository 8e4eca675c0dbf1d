namespace EdgeProxy.Engine.Regexes.IRegexps;

/// <summary>The places in a program that the characters so far lead to, each of them once.</summary>
internal sealed class ThreadList(Instruction[] program)
{
    /// <summary>The generation in which each place was last reached, so that clearing costs nothing.</summary>
    private readonly int[] _reached = new int[program.Length + 1];

    private readonly List<int> _waiting = [];
    private readonly Stack<int> _pending = [];
    private int _generation = 1;

    /// <summary>Whether the end of the program is one of the places.</summary>
    public bool HasMatched => _reached[program.Length] == _generation;

    /// <summary>How many places were reached, waiting for a character or not: what it took to fill the list.</summary>
    public int Reached { get; private set; }

    /// <summary>Adds a place and those that are reached from it without a character.</summary>
    public void Add(int place, bool atStart, bool atEnd)
    {
        _pending.Push(place);
        while (_pending.TryPop(out place))
        {
            if (_reached[place] == _generation)
            {
                continue;
            }

            _reached[place] = _generation;
            Reached++;
            if (place < program.Length)
            {
                Follow(place, in program[place], atStart, atEnd);
            }
        }
    }

    /// <summary>Fills the other list, anew, with the places that a character leads to.</summary>
    public void Take(int character, ThreadList following, bool atEnd)
    {
        following._generation++;
        following.Reached = 0;
        following._waiting.Clear();
        foreach (var place in _waiting)
        {
            if (program[place].Set!.Contains(character))
            {
                following.Add(place + 1, atStart: false, atEnd);
            }
        }
    }

    private void Follow(int place, in Instruction instruction, bool atStart, bool atEnd)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Character:
                _waiting.Add(place);
                break;
            case Opcode.Jump:
                _pending.Push(place + instruction.Target);
                break;
            case Opcode.Fork:
                _pending.Push(place + instruction.Target);
                _pending.Push(place + 1);
                break;
            case Opcode.Start when atStart:
            case Opcode.End when atEnd:
                _pending.Push(place + 1);
                break;
            default:
                break; // an anchor elsewhere: nothing goes on here
        }
    }
}
