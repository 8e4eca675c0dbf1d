using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Explanation;

/// <summary>Describes the decision on a flag.</summary>
internal sealed class FlagExplainer
{
    private readonly EnvironmentModel _model;
    private readonly Identity? _identity;
    private readonly SegmentWalker? _walker;
    private readonly IReadOnlyDictionary<string, FlagResult>? _evaluated;
    private readonly Dictionary<int, SegmentExplanation> _complete = [];

    /// <param name="model">The environment.</param>
    /// <param name="identity">The identity, if there is one.</param>
    /// <param name="walker">Evaluates what the decision did not need; null to leave that out.</param>
    /// <param name="evaluated">The flags as they were evaluated; null if they were not.</param>
    public FlagExplainer(EnvironmentModel model, Identity? identity, SegmentWalker? walker, IReadOnlyDictionary<string, FlagResult>? evaluated)
    {
        _model = model;
        _identity = identity;
        _walker = walker;
        _evaluated = evaluated;
    }

    /// <summary>Describes a flag.</summary>
    public FlagExplanation Explain(FlagNode node)
    {
        var decision = node.Decision!;
        var isCircular = node.Resolution == Resolution.Cyclic;
        var found = isCircular ? decision.Flag with { Reason = ResultBuilder.CircularDependency } : decision.Flag;
        var flag = _evaluated?[found.Name] ?? found;
        var hidden = HiddenBecause(flag);
        return new FlagExplanation
        {
            Flag = flag,
            Summary = Same(flag, found) ? FlagSummary.Of(decision, _identity?.Identifier, isCircular, hidden) : FlagSummary.OfExhaustedBudget(flag),
            DecidedBy = decision.Kind,
            Overrides = [OfIdentity(decision), .. node.Candidates.Select((candidate, rank) => OfSegment(candidate, rank, decision))],
            Variants = decision.Variants,
            IsCircular = isCircular,
            HiddenFromClients = hidden,
        };
    }

    private static bool Same(FlagResult left, FlagResult right) =>
        left.Enabled == right.Enabled && left.Value == right.Value && left.Variant == right.Variant && left.Reason == right.Reason;

    private string? HiddenBecause(FlagResult flag) =>
        flag.FeatureId is { } id && _model.ServerKeyOnlyFeatureIds.Contains(id) ? "it is for server-side keys only"
        : _model.HideDisabledFlags && !flag.Enabled ? "it is off and the environment hides disabled flags"
        : null;

    private OverrideExplanation OfIdentity(FlagDecision decision) => new()
    {
        Kind = OverrideKind.Identity,
        Standing = decision.Kind == OverrideKind.Identity ? OverrideStanding.Applied : OverrideStanding.NotMatched,
        Because = _identity is null ? "there is no identity"
            : decision.Kind == OverrideKind.Identity ? $"{Quote.Text(_identity.Identifier)} has an override of its own"
            : $"no override for {Quote.Text(_identity.Identifier)}",
    };

    private OverrideExplanation OfSegment(SegmentCandidate candidate, int rank, FlagDecision decision)
    {
        var segment = decision.Verdicts[rank];
        var isDecided = decision.Kind == OverrideKind.Identity || (decision.Winner >= 0 && rank > decision.Winner);
        if (_walker is not null)
        {
            segment = Complete(candidate.Segment, _walker) with { IsMatch = segment.IsMatch, IsCircular = segment.IsCircular };
        }

        var standing = rank == decision.Winner ? OverrideStanding.Applied
            : isDecided && _walker is null ? OverrideStanding.NotEvaluated
            : segment.IsMatch ? OverrideStanding.Lost
            : OverrideStanding.NotMatched;
        return new OverrideExplanation
        {
            Kind = OverrideKind.Segment,
            Standing = standing,
            Because = Because(standing, segment, decision),
            Priority = candidate.Override.Priority,
            Segment = standing == OverrideStanding.NotEvaluated ? segment with { IsMatch = false, IsCircular = false, Rules = [] } : segment,
        };
    }

    private SegmentExplanation Complete(int segment, SegmentWalker walker)
    {
        if (!_complete.TryGetValue(segment, out var walked))
        {
            _complete.Add(segment, walked = walker.Walk(_model.Segments[segment], isComplete: true));
        }

        return walked;
    }

    private string Because(OverrideStanding standing, SegmentExplanation segment, FlagDecision decision)
    {
        var winner = decision.Kind == OverrideKind.Identity
            ? $"the override of {Quote.Text(_identity?.Identifier)}"
            : decision.Winner >= 0 ? $"segment {Quote.Short(decision.Verdicts[decision.Winner].Name)}" : "";
        return standing switch
        {
            OverrideStanding.NotEvaluated => $"{winner} is stronger and had decided",
            OverrideStanding.Lost => $"it matches{DecidingConditions.InParentheses(segment)}, but {winner} is stronger",
            OverrideStanding.Applied => $"it matches{DecidingConditions.InParentheses(segment)}",
            _ => $"it does not match{DecidingConditions.InParentheses(segment)}",
        };
    }
}
