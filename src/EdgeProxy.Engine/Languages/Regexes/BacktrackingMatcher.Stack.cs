using System.Buffers;

namespace EdgeProxy.Engine.Languages.Regexes;

// The stack has pairs of two kinds: a choice (position, instruction to go on at) and an old value (value, complement
// of the slot, which is negative).
internal ref partial struct BacktrackingMatcher
{
    // Powers of two, as the pool rents them. 4 MB are half a million choices; who needs more has no steps left either.
    private const int InitialStack = 256;
    private const int MaxStack = 1 << 20;

    private void PushChoice(int at, int position) => Push(position, at);

    /// <summary>Sets a slot in such a way that going back undoes it.</summary>
    private void Note(int slot, int position)
    {
        Push(_slots[slot], ~slot);
        _slots[slot] = position;
    }

    private void Push(int value, int kind)
    {
        if (_stackTop == _stack.Length && !TryGrow())
        {
            _stepsLeft = 0;
            return;
        }

        _stack[_stackTop] = value;
        _stack[_stackTop + 1] = kind;
        _stackTop += 2;
    }

    /// <summary>Goes back to the last choice above the floor, undoing what was noted since; false if there is none.</summary>
    private bool TryPopChoice(int floor, ref int at, ref int position)
    {
        while (_stackTop > floor)
        {
            _stackTop -= 2;
            var value = _stack[_stackTop];
            var kind = _stack[_stackTop + 1];
            if (kind >= 0)
            {
                at = kind;
                position = value;
                return true;
            }

            _slots[~kind] = value;
        }

        return false;
    }

    private void UndoTo(int floor)
    {
        int at = 0, position = 0;
        while (TryPopChoice(floor, ref at, ref position))
        {
        }
    }

    /// <summary>Forgets the choices above the floor, but not what it takes to undo the notes there.</summary>
    private void DropChoices(int floor)
    {
        var kept = floor;
        for (var from = floor; from < _stackTop; from += 2)
        {
            if (_stack[from + 1] < 0)
            {
                _stack[kept] = _stack[from];
                _stack[kept + 1] = _stack[from + 1];
                kept += 2;
            }
        }

        _stackTop = kept;
    }

    private bool TryGrow()
    {
        if (_stack.Length == MaxStack)
        {
            return false;
        }

        var larger = ArrayPool<int>.Shared.Rent(_stack.Length * 2);
        _stack.AsSpan().CopyTo(larger);
        ArrayPool<int>.Shared.Return(_stack);
        _stack = larger;
        return true;
    }
}
