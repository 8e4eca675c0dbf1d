using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation.Rules;

/// <summary>
/// Compiles the rules of segments to delegate trees (docs/spec/evaluation.md 3). Conditions that several segments share
/// become one node, and the results of expensive shared ones are cached during an evaluation.
/// </summary>
internal sealed class RuleCompiler
{
    // Below this cost, caching a result costs about as much as computing it again, however many share it.
    private const int RememberFromCost = 10;
    private const int RecallCost = 3;

    // Far deeper than real rules; protects the stack.
    public const int MaxDepth = 500;

    private readonly PropertyCompiler _properties;
    private readonly ProblemList _problems;
    private readonly ConditionUses _uses;
    private readonly Dictionary<ConditionKey, RuleNode> _shared = [];
    private readonly RefutationPlan? _refutations;
    private int _remembered;
    private string _segmentName = "";
    private ConditionPlace? _place;

    /// <param name="model">The environment.</param>
    /// <param name="featureNames">The features of the environment, in the order of their places.</param>
    /// <param name="problems">Receives the problems.</param>
    public RuleCompiler(EnvironmentModel model, Utf8Index featureNames, ProblemList problems)
    {
        _problems = problems;
        _uses = new ConditionUses(model.Segments);
        _refutations = _uses.MayReadFlags ? null : new RefutationPlan(); // a flag may have another value later, in a cycle
        _properties = new PropertyCompiler(model, _uses.MayReadFlags ? new FlagPathTable(featureNames, problems.Budget) : null, problems.Budget);
    }

    /// <summary>The properties that the rules read so far.</summary>
    public PropertyCompiler Properties => _properties;

    /// <summary>The number of results that a frame caches.</summary>
    public int RememberedAnswers => _remembered;

    /// <summary>Compiles a segment: without rules it never matches; else all of them must match.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="path">The path of the rules, for problems.</param>
    public RuleNode Compile(Segment segment, DocumentPath path)
    {
        if (segment.Rules.Count == 0)
        {
            return RuleNode.False;
        }

        _segmentName = segment.Name;
        var node = RuleNode.All(CompileRules(segment.Rules, segment.Key, path, depth: 0));
        if (!node.IsOpen || _refutations is null || !Array.Exists(node.Conjuncts, static part => part.IsShared))
        {
            return node.IsOpen ? Remember(node, uses: 1) : node;
        }

        return Remember(new RuleNode(_refutations.Bind(_remembered, node.Conjuncts), node.Cost), uses: 1);
    }

    /// <summary>Completes the segments, after the last.</summary>
    public void Finish() => _refutations?.Finish();

    private List<RuleNode> CompileRules(IReadOnlyList<SegmentRule> rules, string segmentKey, DocumentPath path, int depth)
    {
        var nodes = new List<RuleNode>(rules.Count);
        var place = path.Member("rules");
        for (var i = 0; i < rules.Count; i++)
        {
            nodes.Add(CompileRule(rules[i], segmentKey, place.Item(i), depth));
        }

        return nodes;
    }

    /// <summary>Compiles a rule with all that it contains.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="segmentKey">The key of the segment, which seeds percentage splits.</param>
    /// <param name="path">The rule's path, for problems.</param>
    /// <param name="depth">The nesting depth of the rule.</param>
    public RuleNode CompileRule(SegmentRule rule, string segmentKey, DocumentPath path, int depth)
    {
        if (ReferenceEquals(rule, SegmentRule.Never))
        {
            return RuleNode.False;
        }

        if (depth > MaxDepth)
        {
            _problems.Add(path, $"rules are nested deeper than {MaxDepth}; the rule never matches");
            return RuleNode.False;
        }

        // Both lists are compiled whatever the type is, so that all their problems are found.
        var conditions = CompileConditions(rule.Conditions, segmentKey, path);
        var rules = CompileRules(rule.Rules, segmentKey, path, depth + 1);
        switch (rule.Type)
        {
            case RuleTypes.All:
                return RuleNode.All(conditions.Concat(rules));
            case RuleTypes.Any:
                return RuleNode.All([AnyOrEmpty(conditions), AnyOrEmpty(rules)]);
            case RuleTypes.None:
                return RuleNode.Any(conditions.Concat(rules)).Not();
            default:
                _problems.Add(path, $"unknown rule type '{rule.Type}'; the rule never matches");
                return RuleNode.False;
        }
    }

    private static RuleNode AnyOrEmpty(List<RuleNode> nodes) => nodes.Count == 0 ? RuleNode.True : RuleNode.Any(nodes);

    private List<RuleNode> CompileConditions(IReadOnlyList<SegmentCondition> conditions, string segmentKey, DocumentPath path)
    {
        var nodes = new List<RuleNode>(conditions.Count);
        var place = path.Member("conditions");
        for (var i = 0; i < conditions.Count; i++)
        {
            nodes.Add(CompileCondition(conditions[i], segmentKey, place.Item(i)));
        }

        return nodes;
    }

    /// <summary>Compiles a condition; equal conditions of several segments share one node.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="segmentKey">The key of the segment, which seeds percentage splits.</param>
    /// <param name="path">The condition's path, for problems.</param>
    public RuleNode CompileCondition(SegmentCondition condition, string segmentKey, DocumentPath path)
    {
        if (ReferenceEquals(condition, SegmentCondition.Never))
        {
            return RuleNode.False;
        }

        _problems.Budget.Place = path;
        _problems.Reserve.Check();
        var key = ConditionKey.Of(condition, segmentKey);
        var problemsBefore = _problems.Count;
        if (_shared.TryGetValue(key, out var shared))
        {
            return shared;
        }

        var source = condition.Operator == ConditionOperators.PercentageSplit && condition.Property.Length == 0
            ? new PropertySource { Slot = SnapshotSlots.IdentityKey }
            : _properties.Resolve(condition.Property);
        var node = OperatorCompiler.Compile(condition, source, PlaceOf(condition, segmentKey), message => _problems.Add(path, message), _problems.Budget);
        var uses = _uses.Of(key);
        if (node.IsOpen && node.Cost >= RememberFromCost && uses > 1)
        {
            node = Remember(node, uses);
        }

        // A condition with a problem is compiled again for each occurrence, so that each is reported; one that occurs once is
        // not looked up again.
        if (uses > 1 && _problems.Count == problemsBefore)
        {
            node = node with { IsShared = true };
            _shared.Add(key, node);
        }

        return node;
    }

    /// <summary>The place of a condition. Conditions of one kind often follow each other, and have one in common.</summary>
    private ConditionPlace PlaceOf(SegmentCondition condition, string segmentKey)
    {
        var place = new ConditionPlace(_segmentName, segmentKey, condition.Property, condition.Operator);
        return _place = place == _place ? _place : place;
    }

    /// <param name="node">The node to evaluate once per evaluation.</param>
    /// <param name="uses">The number of nodes that share the result, which divides its cost.</param>
    private RuleNode Remember(RuleNode node, int uses)
    {
        var answer = _remembered++;
        var matcher = node.Matcher;
        return new RuleNode(frame => frame.Recall(answer, matcher), RecallCost + (node.Cost / uses));
    }
}
