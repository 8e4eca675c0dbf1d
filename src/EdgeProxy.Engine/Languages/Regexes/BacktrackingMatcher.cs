using System.Buffers;

namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>
/// Tries one way of matching after another, as Python does: the only way to match references and lookarounds, and
/// exponential for some patterns. So it counts its steps, and gives up after too many. The count, unlike a clock, is
/// the same on a busy machine: what matches once always matches.
/// </summary>
internal ref partial struct BacktrackingMatcher
{
    /// <summary>The most steps of one match: some 5 ms on the machine of 2026 it was measured on, 10 on a slow one.</summary>
    public const int MaxSteps = 2_000_000;

    private const int NoPosition = -1;

    private readonly ReadOnlySpan<Instruction> _instructions;
    private readonly ReadOnlySpan<CodePointSet> _sets;
    private readonly ReadOnlySpan<char> _text;
    private readonly Span<int> _slots;
    private int[] _stack;
    private int _stackTop;
    private int _stepsLeft;

    private BacktrackingMatcher(RegexProgram program, ReadOnlySpan<char> text, Span<int> slots, int maxSteps)
    {
        _instructions = program.Instructions;
        _sets = program.Sets;
        _text = text;
        _slots = slots;
        _slots.Fill(NoPosition);
        _stepsLeft = maxSteps;
        _stack = ArrayPool<int>.Shared.Rent(InitialStack);
    }

    /// <summary>Determines whether the program matches at the start of the text.</summary>
    /// <param name="program">The program.</param>
    /// <param name="text">Any text.</param>
    /// <param name="maxSteps">The steps it may take; the answer is false if they are not enough.</param>
    /// <param name="steps">The steps it took.</param>
    /// <param name="isAborted">True if the steps were not enough.</param>
    public static bool Matches(RegexProgram program, ReadOnlySpan<char> text, int maxSteps, out int steps, out bool isAborted)
    {
        var slots = ArrayPool<int>.Shared.Rent(program.SlotCount);
        var matcher = new BacktrackingMatcher(program, text, slots.AsSpan(0, program.SlotCount), maxSteps);
        var isMatch = matcher.Run(0, 0, out _);
        isAborted = matcher._stepsLeft < 0;
        steps = maxSteps - Math.Max(0, matcher._stepsLeft);
        ArrayPool<int>.Shared.Return(matcher._stack);
        ArrayPool<int>.Shared.Return(slots);
        return isMatch;
    }

    /// <summary>
    /// Runs from an instruction until one accepts. What is left on the stack then can undo it; after a failure, or when
    /// the steps are used up, everything noted since is undone.
    /// </summary>
    private bool Run(int at, int position, out int end)
    {
        var floor = _stackTop;
        while (--_stepsLeft >= 0)
        {
            ref readonly var instruction = ref _instructions[at++];
            switch (instruction.Opcode)
            {
                case Opcode.Accept:
                    end = position;
                    return true;
                case Opcode.Character when Take(ref position) == instruction.X:
                case Opcode.Set when Take(ref position) is >= 0 and var codePoint && _sets[instruction.X].Contains(codePoint):
                case Opcode.Anchor when Anchors.Hold((AnchorKind)instruction.X, _text, position):
                case Opcode.Reference when TryTakeAgain(instruction.X, (CaseRule)instruction.Y, ref position):
                    continue;
                case Opcode.Jump:
                    at = instruction.X;
                    continue;
                case Opcode.Split:
                    PushChoice(instruction.Y, position);
                    at = instruction.X;
                    continue;
                case Opcode.Mark:
                    Note(instruction.X, position);
                    continue;
                case Opcode.Clear:
                    Note(instruction.X, NoPosition);
                    continue;
                case Opcode.EndIteration when _slots[instruction.X] == position:
                    at = instruction.Y;
                    continue;
                case Opcode.EndIteration:
                    Note(instruction.X, position);
                    continue;
                case Opcode.IfGroup:
                    at = IsGroupSet(instruction.X) ? at : instruction.Y;
                    continue;
                case Opcode.Atomic when RunOnce(at, ref position):
                case Opcode.Look when LookFrom(at, position, instruction.X):
                case Opcode.LookNot when !Finds(at, position, instruction.X):
                    at = instruction.Y;
                    continue;
            }

            if (!TryPopChoice(floor, ref at, ref position))
            {
                end = 0;
                return false;
            }
        }

        UndoTo(floor);
        end = 0;
        return false;
    }

    /// <summary>The code point at the position, which moves behind it; at the end of the text -1.</summary>
    private readonly int Take(ref int position)
    {
        if (position == _text.Length)
        {
            return -1;
        }

        var codePoint = CodePoints.At(_text, position, out var length);
        position += length;
        return codePoint;
    }
}
