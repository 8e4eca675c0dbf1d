using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Explanation;

/// <summary>Decides a flag from the verdicts of its segments (docs/spec/evaluation.md 2.2 to 2.5).</summary>
internal sealed class FlagDecider
{
    private const int NoWinner = -1;

    private readonly IReadOnlyDictionary<string, FeatureState> _identityOverrides;
    private readonly byte[]? _identityKey;
    private readonly EvaluationFrame _frame;

    /// <param name="identityOverrides">The overrides of the identity, by feature.</param>
    /// <param name="identityKey">The identity key; null without an identity.</param>
    /// <param name="frame">Has the budget of steps.</param>
    public FlagDecider(IReadOnlyDictionary<string, FeatureState> identityOverrides, string? identityKey, EvaluationFrame frame)
    {
        _identityOverrides = identityOverrides;
        _identityKey = identityKey is null ? null : Encoding.UTF8.GetBytes(identityKey);
        _frame = frame;
    }

    /// <summary>Decides a flag.</summary>
    /// <param name="node">The feature.</param>
    /// <param name="verdicts">The segment of each of its overrides, strongest first.</param>
    public FlagDecision Decide(FlagNode node, IReadOnlyList<SegmentExplanation> verdicts)
    {
        if (_identityOverrides.TryGetValue(node.State.Name, out var own))
        {
            return new FlagDecision(ResultOf(own, FlagSource.Identity), own, OverrideKind.Identity, NoWinner, verdicts, Variants: null);
        }

        var winner = NoWinner;
        for (var i = 0; i < verdicts.Count && winner == NoWinner; i++)
        {
            winner = verdicts[i].IsMatch ? i : NoWinner;
        }

        var state = winner == NoWinner ? node.State : node.Candidates[winner].Override.State;
        var segment = winner == NoWinner ? null : verdicts[winner].Name;
        var variants = Pick(state);
        var picked = variants?.Ranges.FirstOrDefault(static range => range.IsPicked)?.Variant;
        var source = new FlagSource(state, segment, picked, IsControl: state.Variants.Count > 0);
        return new FlagDecision(
            ResultOf(state, source), state, winner == NoWinner ? OverrideKind.None : OverrideKind.Segment, winner, verdicts, variants);
    }

    private VariantsExplanation? Pick(FeatureState state)
    {
        if (state.Variants.Count == 0 || _identityKey is null || !_frame.TryHash(_identityKey.Length, place: null))
        {
            return null;
        }

        var bucket = PercentageHash.Of(Encoding.UTF8.GetBytes(state.Key), _identityKey);
        var ranges = new List<VariantRange>(state.Variants.Count);
        var start = 0.0;
        var isPicked = false;
        foreach (var variant in state.Variants.OrderBy(static variant => variant, VariantPriorityComparer.Instance))
        {
            var end = variant.Weight.AsDouble() + start;
            var contains = !isPicked && start <= bucket && bucket < end;
            isPicked |= contains;
            ranges.Add(new VariantRange(variant, start, end, contains));
            start = end;
        }

        return new VariantsExplanation(bucket, ranges);
    }

    private FlagResult ResultOf(FeatureState state, FlagSource source) => ResultBuilder.FlagOf(state, source, hasIdentity: _identityKey is not null);
}
