using System.Buffers;

namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>
/// Follows all ways of matching at once, a code point at a time, so that no text is read twice: at most so many steps a
/// code point as the program has instructions, whatever the pattern. For programs of regular patterns only.
/// </summary>
internal ref struct LinearMatcher
{
    // What fits on the stack: programs of up to 128 instructions.
    private const int StackInts = 512;

    private readonly ReadOnlySpan<Instruction> _instructions;
    private readonly ReadOnlySpan<CodePointSet> _sets;
    private readonly ReadOnlySpan<char> _text;
    private readonly int _maxSteps;

    // By instruction, in which round it was last reached. Rounds are numbered from 1, positions of the text.
    private readonly Span<int> _reached;

    // Splits whose second way is still to be followed.
    private readonly Span<int> _pending;

    // The instructions that wait for the code point at the present position, and those for the next.
    private Span<int> _waiting;
    private Span<int> _coming;
    private int _comingCount;
    private int _round;
    private int _steps;

    private LinearMatcher(RegexProgram program, ReadOnlySpan<char> text, int maxSteps, Span<int> scratch)
    {
        var length = program.Instructions.Length;
        _instructions = program.Instructions;
        _sets = program.Sets;
        _text = text;
        _maxSteps = maxSteps;
        _reached = scratch[..length];
        _reached.Clear();
        _pending = scratch.Slice(length, length);
        _waiting = scratch.Slice(2 * length, length);
        _coming = scratch.Slice(3 * length, length);
    }

    /// <summary>Determines whether the program matches at the start of the text.</summary>
    /// <param name="program">The program of a regular pattern.</param>
    /// <param name="text">Any text.</param>
    /// <param name="maxSteps">
    /// After how many steps, some nanoseconds each, it gives up at the next code point; the answer is false then.
    /// </param>
    /// <param name="steps">The number of steps taken.</param>
    public static bool Matches(RegexProgram program, ReadOnlySpan<char> text, int maxSteps, out int steps)
    {
        var needed = 4 * program.Instructions.Length;
        if (needed <= StackInts)
        {
            return new LinearMatcher(program, text, maxSteps, stackalloc int[needed]).Run(out steps);
        }

        var rented = ArrayPool<int>.Shared.Rent(needed);
        var isMatch = new LinearMatcher(program, text, maxSteps, rented).Run(out steps);
        ArrayPool<int>.Shared.Return(rented);
        return isMatch;
    }

    private bool Run(out int steps)
    {
        _round = 1;
        var isMatch = Follow(0, 0);
        for (var position = 0; !isMatch && _comingCount > 0 && position < _text.Length && _steps <= _maxSteps;)
        {
            var codePoint = CodePoints.At(_text, position, out var length);
            position += length;
            isMatch = Advance(codePoint, position);
        }

        steps = _steps;
        return isMatch;
    }

    /// <summary>Advances the waiting threads by a code point; returns true if one of them thereby completes a match.</summary>
    private bool Advance(int codePoint, int position)
    {
        var count = _comingCount;
        var waiting = _coming;
        _coming = _waiting;
        _waiting = waiting;
        _comingCount = 0;
        _round++;
        for (var i = 0; i < count; i++)
        {
            var at = waiting[i];
            ref readonly var instruction = ref _instructions[at];
            var isTaken = instruction.Opcode == Opcode.Character
                ? instruction.X == codePoint
                : _sets[instruction.X].Contains(codePoint);
            if (isTaken && Follow(at + 1, position))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes from an instruction as far as one gets without taking anything. True: to the end.</summary>
    private bool Follow(int at, int position)
    {
        var pending = 0;
        while (true)
        {
            if (_reached[at] != _round)
            {
                _reached[at] = _round;
                _steps++;
                ref readonly var instruction = ref _instructions[at];
                switch (instruction.Opcode)
                {
                    case Opcode.Character or Opcode.Set:
                        _coming[_comingCount++] = at;
                        break;
                    case Opcode.Split:
                        _pending[pending++] = instruction.Y;
                        at = instruction.X;
                        continue;
                    case Opcode.Jump:
                        at = instruction.X;
                        continue;
                    case Opcode.Anchor when Anchors.Hold((AnchorKind)instruction.X, _text, position):
                        at++;
                        continue;
                    case Opcode.Accept:
                        return true;
                }
            }

            if (pending == 0)
            {
                return false;
            }

            at = _pending[--pending];
        }
    }
}
