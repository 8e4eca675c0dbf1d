using System.Runtime.InteropServices;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Rules;

/// <summary>A compiled part of a rule: a constant or a matcher. Constants are folded while parts are combined.</summary>
internal readonly struct RuleNode
{
    /// <summary>A part that always matches.</summary>
    public static readonly RuleNode True = new(isTrue: true);

    /// <summary>A part that never matches.</summary>
    public static readonly RuleNode False = new(isTrue: false);

    private readonly RuleNode[]? _conjuncts;

    private RuleNode(bool isTrue)
    {
        IsTrue = isTrue;
        Matcher = isTrue ? static _ => true : static _ => false;
    }

    /// <param name="matcher">The matcher.</param>
    /// <param name="cost">The approximate cost of the matcher in nanoseconds.</param>
    public RuleNode(Matcher matcher, int cost)
    {
        Matcher = matcher;
        Cost = cost;
        IsOpen = true;
    }

    private RuleNode(Matcher matcher, int cost, RuleNode[] conjuncts)
        : this(matcher, cost)
    {
        _conjuncts = conjuncts;
    }

    /// <summary>The matcher; also returns the right result for constants.</summary>
    public Matcher Matcher { get; }

    /// <summary>The cost of the matcher.</summary>
    public int Cost { get; }

    /// <summary>Indicates whether the result depends on the request.</summary>
    public bool IsOpen { get; }

    /// <summary>Indicates whether it is known to match.</summary>
    public bool IsTrue { get; }

    /// <summary>Indicates whether it is known not to match.</summary>
    public bool IsFalse => !IsOpen && !IsTrue;

    /// <summary>Indicates whether it is a condition that occurs more than once.</summary>
    public bool IsShared { get; init; }

    /// <summary>The parts that must all match: itself, unless it is made of several of which one is shared. The cheap ones come first.</summary>
    public RuleNode[] Conjuncts => _conjuncts ?? [this];

    /// <summary>Creates a constant.</summary>
    public static RuleNode Of(bool value) => value ? True : False;

    /// <summary>Combines parts of which all must match; an empty list matches.</summary>
    public static RuleNode All(IEnumerable<RuleNode> nodes)
    {
        var open = new List<RuleNode>();
        foreach (var node in nodes)
        {
            if (node.IsFalse)
            {
                return False;
            }

            if (node._conjuncts is { } inner)
            {
                open.AddRange(inner);
            }
            else if (node.IsOpen)
            {
                open.Add(node);
            }
        }

        var all = Combine(open, True, static (first, second) => frame => first(frame) && second(frame), static matchers => frame =>
        {
            foreach (var matcher in matchers)
            {
                if (!matcher(frame))
                {
                    return false;
                }
            }

            return true;
        });
        return open.Count > 1 && open.Exists(static node => node.IsShared) ? new RuleNode(all.Matcher, all.Cost, [.. open]) : all;
    }

    /// <summary>Combines parts of which at least one must match.</summary>
    public static RuleNode Any(IEnumerable<RuleNode> nodes)
    {
        var open = new List<RuleNode>();
        foreach (var node in nodes)
        {
            if (node.IsTrue)
            {
                return True;
            }

            if (node.IsOpen)
            {
                open.Add(node);
            }
        }

        return Combine(open, False, static (first, second) => frame => first(frame) || second(frame), static matchers => frame =>
        {
            foreach (var matcher in matchers)
            {
                if (matcher(frame))
                {
                    return true;
                }
            }

            return false;
        });
    }

    /// <summary>Negates a part.</summary>
    public RuleNode Not()
    {
        if (!IsOpen)
        {
            return Of(!IsTrue);
        }

        var matcher = Matcher;
        return new RuleNode(frame => !matcher(frame), Cost);
    }

    private static RuleNode Combine(
        List<RuleNode> open,
        RuleNode ofNone,
        Func<Matcher, Matcher, Matcher> ofTwo,
        Func<Matcher[], Matcher> ofMany)
    {
        var cost = Order(open);
        return open.Count switch
        {
            0 => ofNone,
            1 => open[0],
            2 => new RuleNode(ofTwo(open[0].Matcher, open[1].Matcher), cost),
            _ => new RuleNode(ofMany([.. open.Select(static node => node.Matcher)]), cost),
        };
    }

    /// <summary>
    /// Sorts by cost, which is stable, and leaves out what is there already. In place: there may be a million. Matchers are pure,
    /// so any order gives the same result: the cheap ones first, as most rules end early.
    /// </summary>
    /// <returns>The cost of all.</returns>
    private static int Order(List<RuleNode> open)
    {
        var nodes = CollectionsMarshal.AsSpan(open);
        HashSet<Matcher>? shared = null;
        var (count, cost, isSorted) = (0, 0L, true);
        foreach (var node in nodes)
        {
            if (!node.IsShared || (shared ??= []).Add(node.Matcher))
            {
                isSorted &= count == 0 || nodes[count - 1].Cost <= node.Cost;
                cost += node.Cost;
                nodes[count++] = node;
            }
        }

        if (!isSorted)
        {
            // Keys with the position are all different, so an unstable sort will do.
            var keys = new (int Cost, int Place)[count];
            for (var i = 0; i < count; i++)
            {
                keys[i] = (nodes[i].Cost, i);
            }

            keys.AsSpan().Sort(nodes[..count]);
        }

        open.RemoveRange(count, open.Count - count);
        return (int)Math.Min(cost, int.MaxValue);
    }
}
