namespace EdgeProxy.Engine.Evaluation;

/// <content>Decisions: the state of each feature that segments override.</content>
internal sealed partial class EvaluationFrame
{
    private void Decide(EnvironmentSnapshot snapshot, in OverrideGroup group, Span<int> outcomes)
    {
        const int NotAsked = -1;
        var winner = NotAsked;
        var usual = snapshot.EnvironmentOutcomes;
        var features = snapshot.Features;
        var candidates = snapshot.Candidates;
        var states = snapshot.States;
        var deviates = false;
        foreach (var place in group.Features)
        {
            if (outcomes[place] != EnvironmentSnapshot.NotDecided)
            {
                continue; // the identity has an override
            }

            if (winner == NotAsked)
            {
                winner = FirstMatch(snapshot, group.Segments);
            }

            ref readonly var feature = ref features[place];
            var state = winner < group.Segments.Length ? candidates[feature.FirstCandidate + winner].State : feature.State;
            ref readonly var plan = ref states[state];
            if (plan.Variants is null)
            {
                outcomes[place] = plan.Outcome;
                deviates |= plan.Outcome != usual[place];
            }
            else
            {
                Take(snapshot, place, state, usual, outcomes);
            }
        }

        _deviates |= deviates;
    }

    /// <summary>Decides a feature by one of its states.</summary>
    private void Take(EnvironmentSnapshot snapshot, int place, int state, ReadOnlySpan<int> usual, Span<int> outcomes)
    {
        ref readonly var plan = ref snapshot.States[state];
        if (plan.Variants is not null && _hasIdentity && TryHash(_keyLength, place: null))
        {
            Pick(place, plan.Variants, outcomes);
            return;
        }

        outcomes[place] = plan.Outcome;
        _deviates |= plan.Outcome != usual[place];
    }

    /// <summary>Finds the first segment that matches; returns their number if none does.</summary>
    private int FirstMatch(EnvironmentSnapshot snapshot, int[] segments)
    {
        for (var i = 0; i < segments.Length; i++)
        {
            if (snapshot.Segments[segments[i]].Matcher(this))
            {
                return i;
            }
        }

        return segments.Length;
    }
}
