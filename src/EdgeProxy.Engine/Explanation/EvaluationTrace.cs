using System.Runtime.CompilerServices;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Explanation;

/// <summary>
/// Interprets one evaluation by docs/spec/flag-dependencies.md 3 and 4, and records each step: every segment in the order of
/// the document, and the flags that conditions read. Each flag is resolved at most once, as in
/// <see cref="CycleEvaluation"/>, whose remarks say why that gives the same result.
/// </summary>
internal sealed class EvaluationTrace
{
    private const int NotOnStack = -1;

    private readonly EnvironmentModel _model;
    private readonly FlagDecider _decider;
    private readonly OrderedDictionary<string, FlagNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<Activation> _stack = [new Activation(Node: null) { Lowest = 0 }];
    private readonly SegmentExplanation?[] _known;
    private int _hits;
    private bool _isDone;

    /// <param name="model">The environment.</param>
    /// <param name="decider">Decides flags.</param>
    public EvaluationTrace(EnvironmentModel model, FlagDecider decider)
    {
        _model = model;
        _decider = decider;
        _known = new SegmentExplanation?[model.Segments.Count];
        AddNodes();
    }

    /// <summary>The features, in the order of answers; each with its decision after <see cref="Run"/>.</summary>
    public IReadOnlyList<FlagNode> Nodes => _nodes.Values;

    /// <summary>Evaluates all segments, then decides the flags that no condition read.</summary>
    public void Run(SegmentWalker walker)
    {
        var verdicts = new SegmentExplanation[_known.Length];
        for (var segment = 0; segment < verdicts.Length; segment++)
        {
            verdicts[segment] = Evaluate(segment, walker);
        }

        foreach (var node in _nodes.Values)
        {
            node.Decision ??= _decider.Decide(node, [.. node.Candidates.Select(candidate => verdicts[candidate.Segment])]);
        }

        _isDone = true;
    }

    /// <summary>Reads a flag for a condition; resolves it first if nothing has read it yet.</summary>
    /// <param name="name">The name of the flag.</param>
    /// <param name="walker">Evaluates the segments that decide it.</param>
    /// <param name="isCircular">True if the flag depends on itself.</param>
    /// <returns>The decision; null if there is no such flag, or it depends on itself.</returns>
    public FlagDecision? Read(string name, SegmentWalker walker, out bool isCircular)
    {
        isCircular = false;
        if (!_nodes.TryGetValue(name, out var node))
        {
            return null;
        }

        if (node.Resolution == Resolution.Unread && !_isDone)
        {
            Resolve(node, walker);
        }

        isCircular = node.Resolution is Resolution.Cyclic or Resolution.OnStack;
        if (isCircular && !_isDone)
        {
            Hit(node);
        }

        return isCircular ? null : node.Decision;
    }

    private void AddNodes()
    {
        foreach (var state in _model.Features)
        {
            _nodes[state.Name] = new FlagNode(state); // a repeated name keeps its first position
        }

        var candidates = _nodes.Keys.ToDictionary(static name => name, static _ => new List<SegmentCandidate>(), StringComparer.Ordinal);
        for (var segment = 0; segment < _model.Segments.Count; segment++)
        {
            foreach (var item in _model.Segments[segment].Overrides)
            {
                candidates.GetValueOrDefault(item.State.Name)?.Add(new SegmentCandidate(segment, item));
            }
        }

        foreach (var (name, node) in _nodes)
        {
            // A stable sort: of equal priorities the earlier one wins.
            node.Candidates = [.. candidates[name].OrderBy(static candidate => candidate.Override.Priority ?? double.PositiveInfinity)];
            node.Segments = [.. candidates[name].Select(static candidate => candidate.Segment).Distinct()];
        }
    }

    private SegmentExplanation Evaluate(int segment, SegmentWalker walker)
    {
        if (_known[segment] is { } known)
        {
            return known;
        }

        var before = _hits;
        var walked = walker.Walk(_model.Segments[segment], isComplete: false);
        return _hits == before
            ? _known[segment] = walked
            : walked with { IsMatch = false, IsCircular = true }; // it may still match later
    }

    private void Resolve(FlagNode node, SegmentWalker walker)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var place = _stack.Count;
        node.Resolution = Resolution.OnStack;
        node.Place = place;
        _stack.Add(new Activation(node) { Lowest = place });
        var verdicts = node.Segments.ToDictionary(static segment => segment, segment => Evaluate(segment, walker));
        var top = _stack[place];
        _stack.RemoveAt(place);
        _stack[place - 1].Lowest = Math.Min(_stack[place - 1].Lowest, top.Lowest);
        if (top.IsReadAgain || top.Lowest < place)
        {
            node.Resolution = Resolution.Cyclic;
            node.LeadsTo = top.Lowest < place ? _stack[top.Lowest].Node : node;
            return;
        }

        node.Resolution = Resolution.Resolved;
        node.Decision = _decider.Decide(node, [.. node.Candidates.Select(candidate => verdicts[candidate.Segment])]);
    }

    /// <summary>Records a cycle: the flags on the stack from the one that the read leads back to are its members.</summary>
    private void Hit(FlagNode node)
    {
        _hits++;
        var place = PlaceReached(node);
        if (place != NotOnStack)
        {
            _stack[place].IsReadAgain = true;
            _stack[^1].Lowest = Math.Min(_stack[^1].Lowest, place);
        }
    }

    private static int PlaceReached(FlagNode node)
    {
        var at = node;
        while (at.Resolution == Resolution.Cyclic && at.LeadsTo != at)
        {
            at = at.LeadsTo!;
        }

        for (var passed = node; passed.Resolution == Resolution.Cyclic && passed != at;)
        {
            (passed, passed.LeadsTo) = (passed.LeadsTo!, at); // shortens the way for the next read
        }

        return at.Resolution == Resolution.OnStack ? at.Place : NotOnStack;
    }

    /// <summary>A flag that is being resolved; none at the bottom of the stack, where all segments are evaluated.</summary>
    private sealed record Activation(FlagNode? Node)
    {
        /// <summary>The lowest place on the stack that a read from here led back to.</summary>
        public int Lowest { get; set; }

        /// <summary>Indicates whether a read led back to this flag.</summary>
        public bool IsReadAgain { get; set; }
    }
}
