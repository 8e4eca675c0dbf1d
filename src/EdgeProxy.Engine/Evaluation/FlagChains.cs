using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Rendering.Deflate;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// The sequences of flags that answers are likely to contain: all defaults; for each segment all that it overrides; and
/// single flags for everything else that more than one identity can have: variants, and flags in error.
/// </summary>
internal sealed class FlagChains
{
    private readonly EnvironmentSnapshot _snapshot;
    private readonly FlagAudience _audience;
    private readonly int[] _defaults;

    // By place: the number of features before it that are visible by default.
    private readonly int[] _visibleBefore;

    public FlagChains(EnvironmentSnapshot snapshot, FlagAudience audience)
    {
        _snapshot = snapshot;
        _audience = audience;
        _defaults = [.. snapshot.Features.Select(feature => snapshot.States[feature.State].Outcome)];
        _visibleBefore = new int[_defaults.Length];
        for (var place = 1; place < _visibleBefore.Length; place++)
        {
            _visibleBefore[place] = _visibleBefore[place - 1] + (IsVisible(_defaults[place - 1]) ? 1 : 0);
        }
    }

    /// <summary>Creates all chains, the defaults first. Hidden flags are in none.</summary>
    public IEnumerable<ChainedFlag[]> All()
    {
        yield return Chain(_defaults.Select(static (flag, place) => (place, flag)));
        var bySegment = new List<(int Place, int Flag)>?[_snapshot.Segments.Length];
        var alone = new List<(int Place, int Flag)>();
        for (var place = 0; place < _snapshot.Features.Length; place++)
        {
            var feature = _snapshot.Features[place];
            AddLoners(alone, place, feature.State);
            foreach (var (segment, state) in _snapshot.Candidates.AsSpan(feature.FirstCandidate, feature.CandidateCount))
            {
                (bySegment[segment] ??= []).Add((place, _snapshot.States[state].Outcome));
                AddLoners(alone, place, state);
            }
        }

        foreach (var segment in bySegment)
        {
            yield return Chain(segment ?? []);
        }

        foreach (var flag in alone)
        {
            yield return Chain([flag]);
        }
    }

    private bool IsVisible(int flag) => !_snapshot.Flags.IsLeftOut(flag, _audience);

    private void AddLoners(List<(int Place, int Flag)> alone, int place, int state)
    {
        AddError(alone, place, _snapshot.States[state].Outcome);
        if (_snapshot.States[state].Variants is { } picker)
        {
            foreach (var flag in picker.Outcomes)
            {
                alone.Add((place, flag));
                AddError(alone, place, flag);
            }
        }
    }

    private void AddError(List<(int Place, int Flag)> alone, int place, int flag)
    {
        if (_snapshot.Flags.CanFail(flag))
        {
            alone.Add((place, RenderedFlags.InError(flag)));
        }
    }

    /// <summary>Links each flag to the one directly before it if all others are defaults.</summary>
    private ChainedFlag[] Chain(IEnumerable<(int Place, int Flag)> flags)
    {
        var chain = new List<ChainedFlag>();
        var previous = FlagLinks.Start;
        var previousPlace = -1;
        foreach (var (place, flag) in flags)
        {
            if (place == previousPlace || !IsVisible(flag))
            {
                continue; // a segment that overrides a feature twice: the stronger override is the first
            }

            var between = _visibleBefore[place] - (previousPlace < 0 ? 0 : _visibleBefore[previousPlace] + (IsVisible(_defaults[previousPlace]) ? 1 : 0));
            chain.Add(new ChainedFlag(flag, between == 0 ? previous : FlagLinks.None));
            previous = flag;
            previousPlace = place;
        }

        return [.. chain];
    }
}
