using static EdgeProxy.Engine.Languages.Regexes.PatternNode;

namespace EdgeProxy.Engine.Languages.Regexes.Python;

internal sealed partial class PatternParser
{
    private readonly Dictionary<string, int> _groupNames = new(StringComparer.Ordinal);

    // By group number, from 1; null while the group is open. There is no group 0 to refer to.
    private readonly List<Width?> _groupWidths = [null];

    // The groups that conditionals ask for by number may come later; where each was first asked for.
    private readonly Dictionary<int, int> _conditions = [];

    // How many groups there were where the outermost lookbehind began; null outside of lookbehinds.
    private int? _groupsBeforeLookbehind;

    private int OpenGroup(string? name)
    {
        var number = _groupWidths.Count;
        if (name != null && !_groupNames.TryAdd(name, number))
        {
            throw _scanner.Error(
                $"redefinition of group name '{name}' as group {number}; was group {_groupNames[name]}", name.Length + 1);
        }

        _groupWidths.Add(null);
        return number;
    }

    private void CloseGroup(int number, Width width) => _groupWidths[number] = width;

    private bool EnterLookbehind()
    {
        var isOutermost = _groupsBeforeLookbehind == null;
        _groupsBeforeLookbehind ??= _groupWidths.Count;
        return isOutermost;
    }

    private void LeaveLookbehind(bool isOutermost) =>
        _groupsBeforeLookbehind = isOutermost ? null : _groupsBeforeLookbehind;

    private Reference ParseReference(int group, PatternFlags flags, int length)
    {
        if (_groupWidths[group] is not { } width)
        {
            throw _scanner.Error("cannot refer to an open group", length);
        }

        CheckLookbehind(group);
        _isRegular = false;
        _referencedGroups.Add(group);
        var comparison = !flags.HasFlag(PatternFlags.IgnoreCase) ? CaseRule.Exact
            : !flags.HasFlag(PatternFlags.Ascii) ? CaseRule.Ignore
            : CaseRule.IgnoreAscii;
        return new Reference(group, width, comparison);
    }

    /// <summary>Reads the number or name of a condition and its parenthesis.</summary>
    private int ParseCondition()
    {
        var start = _scanner.Position;
        var name = _scanner.TakeUntil(')', "group name");
        int group;
        if (PythonIdentifier.IsValid(name))
        {
            group = FindGroup(name);
        }
        else
        {
            if (name.AsSpan().ContainsAnyExceptInRange('0', '9'))
            {
                throw new PatternException($"bad character in group name '{name}'", start);
            }

            group = int.TryParse(name, out var number) ? number : int.MaxValue;
            if (group == 0)
            {
                throw new PatternException("bad group number", start);
            }

            _conditions.TryAdd(group, start);
        }

        CheckLookbehind(group);
        _referencedGroups.Add(group);
        return group;
    }

    private void CheckConditions()
    {
        foreach (var (group, position) in _conditions)
        {
            if (group >= _groupWidths.Count)
            {
                throw new PatternException($"invalid group reference {group}", position);
            }
        }
    }

    /// <summary>A lookbehind may only look at groups from before it.</summary>
    private void CheckLookbehind(int group)
    {
        if (_groupsBeforeLookbehind is not { } groups)
        {
            return;
        }

        if (group >= _groupWidths.Count || _groupWidths[group] == null)
        {
            throw _scanner.Error("cannot refer to an open group");
        }

        if (group >= groups)
        {
            throw _scanner.Error("cannot refer to group defined in the same lookbehind subpattern");
        }
    }

    private int FindGroup(string name) => _groupNames.TryGetValue(name, out var group)
        ? group
        : throw _scanner.Error($"unknown group name '{name}'", name.Length + 1);

    private string TakeGroupName(char terminator)
    {
        var name = _scanner.TakeUntil(terminator, "group name");
        return PythonIdentifier.IsValid(name)
            ? name
            : throw _scanner.Error($"bad character in group name '{name}'", name.Length + 1);
    }
}
