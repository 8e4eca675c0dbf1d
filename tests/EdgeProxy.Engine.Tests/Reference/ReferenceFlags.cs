using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>Flags that conditions read (docs/spec/flag-dependencies.md 3 and 4): the algorithm to the letter, with the state of one evaluation.</summary>
internal sealed class ReferenceFlags(ReferenceContext context)
{
    private const string CircularDependency = "ERROR; code=CIRCULAR_DEPENDENCY";

    private readonly Dictionary<string, ReferenceFlag> _resolved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cyclic = new(StringComparer.Ordinal);
    private readonly List<string> _stack = [];
    private readonly Dictionary<Segment, bool> _memo = new(ReferenceEqualityComparer.Instance);
    private int _hits;

    /// <summary>True if any evaluation of a segment met a cycle.</summary>
    public bool MetCycle => _hits > 0;

    /// <summary>The segments that match, in order.</summary>
    public List<Segment> MatchingSegments() => [.. context.Model.Segments.Where(Matches)];

    /// <summary>The value at <c>$.flags.&lt;name&gt;</c> for conditions; null if there is none.</summary>
    public ReferenceFlag? Read(string name)
    {
        if (_resolved.TryGetValue(name, out var known))
        {
            return known;
        }

        if (_stack.IndexOf(name) is var place and >= 0)
        {
            _cyclic.UnionWith(_stack[place..]);
            _hits++;
            return null;
        }

        if (context.Model.Features.LastOrDefault(feature => feature.Name == name) is not { } feature)
        {
            return null;
        }

        _stack.Add(name);
        var matching = context.Model.Segments
            .Where(segment => segment.Overrides.Any(candidate => candidate.State.Name == name))
            .Where(Matches)
            .ToList();
        _stack.RemoveAt(_stack.Count - 1);
        if (_cyclic.Contains(name))
        {
            return null;
        }

        return _resolved[name] = ReferenceInterpreter.Evaluate(feature, matching, context);
    }

    /// <summary>A flag as it is answered, which a condition may have resolved before.</summary>
    public ReferenceFlag Answer(ReferenceFlag collected)
    {
        var flag = _resolved.GetValueOrDefault(collected.Name, collected);
        return _cyclic.Contains(flag.Name) ? flag with { Reason = CircularDependency } : flag;
    }

    private bool Matches(Segment segment)
    {
        if (_memo.TryGetValue(segment, out var known))
        {
            return known;
        }

        var before = _hits;
        var matches = ReferenceRules.Match(segment, context);
        if (_hits != before)
        {
            return false;
        }

        _memo[segment] = matches;
        return matches;
    }
}
