namespace EdgeProxy.Engine.Languages.Regexes;

internal ref partial struct BacktrackingMatcher
{
    /// <summary>Runs the body of an atomic group: its first way of matching, and no other later on.</summary>
    private bool RunOnce(int at, ref int position)
    {
        var floor = _stackTop;
        if (!Run(at, position, out var end))
        {
            return false;
        }

        DropChoices(floor);
        position = end;
        return true;
    }

    /// <summary>A lookaround that must match; what its groups hold stays.</summary>
    private bool LookFrom(int at, int position, int distance) =>
        TryStepBack(ref position, distance) && RunOnce(at, ref position);

    /// <summary>A lookaround that must not match; nothing of it stays.</summary>
    private bool Finds(int at, int position, int distance)
    {
        var floor = _stackTop;
        var isFound = TryStepBack(ref position, distance) && Run(at, position, out _);
        UndoTo(floor);
        return isFound;
    }

    private bool TryStepBack(ref int position, int distance)
    {
        _stepsLeft -= distance;
        for (var i = 0; i < distance; i++)
        {
            if (position == 0)
            {
                return false;
            }

            CodePoints.Before(_text, position, out var length);
            position -= length;
        }

        return true;
    }

    /// <summary>Determines whether a group has matched. One that is open again after a longer first time has not.</summary>
    private readonly bool IsGroupSet(int slot) => _slots[slot] >= 0 && _slots[slot + 1] >= _slots[slot];

    /// <summary>A backreference: takes the text of a group once more.</summary>
    private bool TryTakeAgain(int slot, CaseRule comparison, ref int position)
    {
        if (!IsGroupSet(slot))
        {
            return false;
        }

        for (int from = _slots[slot], to = _slots[slot + 1]; from < to; _stepsLeft--)
        {
            if (!CaseRules.AreEqual(Take(ref from), Take(ref position), comparison))
            {
                return false;
            }
        }

        return true;
    }
}
