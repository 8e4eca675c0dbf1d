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

    /// <summary>The parts that must all match: itself, unless it is made of several. The cheap ones come first.</summary>
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

        var distinct = Distinct(open);
        var all = Combine(distinct, True, static (first, second) => frame => first(frame) && second(frame), static matchers => frame =>
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
        return distinct.Length > 1 ? new RuleNode(all.Matcher, all.Cost, distinct) : all;
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

        return Combine(Distinct(open), False, static (first, second) => frame => first(frame) || second(frame), static matchers => frame =>
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
        RuleNode[] nodes,
        RuleNode ofNone,
        Func<Matcher, Matcher, Matcher> ofTwo,
        Func<Matcher[], Matcher> ofMany)
    {
        var matchers = Array.ConvertAll(nodes, static node => node.Matcher);
        return matchers.Length switch
        {
            0 => ofNone,
            1 => nodes[0],
            2 => new RuleNode(ofTwo(matchers[0], matchers[1]), nodes.Sum(static node => node.Cost)),
            _ => new RuleNode(ofMany(matchers), nodes.Sum(static node => node.Cost)),
        };
    }

    // Matchers are pure, so any order gives the same result: the cheap ones first, as most rules end early.
    private static RuleNode[] Distinct(List<RuleNode> nodes) => nodes.Count < 2
        ? [.. nodes]
        : [.. nodes.OrderBy(static node => node.Cost).DistinctBy(static node => node.Matcher)];
}
