namespace EdgeProxy.Engine.Evaluation;

/// <content>
/// The evaluation of one feature: only segments that override it are evaluated, and where conditions read flags, those of
/// its prerequisites.
/// </content>
internal sealed partial class EvaluationFrame
{
    private bool[] _isNeeded = [];

    /// <summary>Evaluates one feature; its flag is the same as with <see cref="Evaluate()"/>.</summary>
    /// <param name="feature">The number of the feature, from 0 to <see cref="EnvironmentSnapshot.FeatureCount"/> - 1.</param>
    /// <returns>The flag.</returns>
    internal int EvaluateSingle(int feature) => RunSingle(feature, MaxSteps);

    /// <summary>Evaluates one feature within a few steps, as <see cref="TryEvaluate"/> does for all.</summary>
    /// <param name="feature">The number of the feature.</param>
    /// <param name="steps">The steps it may take.</param>
    /// <param name="flag">The flag.</param>
    internal bool TryEvaluateSingle(int feature, int steps, out int flag)
    {
        flag = RunSingle(feature, steps);
        return AbortedConditions == 0 || steps >= MaxSteps;
    }

    private int RunSingle(int place, int steps)
    {
        var snapshot = Snapshot;
        if (snapshot.Dependencies is { } dependencies)
        {
            if (dependencies.MayBeCyclic(place))
            {
                Run(steps);
                return _outcomes[place];
            }

            var outcomes = Start(snapshot, steps);
            snapshot.InitialOutcomes.CopyTo(outcomes);
            if (_hasIdentity)
            {
                snapshot.IdentityOverrides.TryApply(Identifier, outcomes);
            }

            DecideNeeded(snapshot, dependencies, place, outcomes);
            return outcomes[place];
        }

        // Of all outcomes, only this one is set and read.
        var own = Start(snapshot, steps);
        own[place] = snapshot.InitialOutcomes[place];
        if (_hasIdentity && snapshot.IdentityOverrides.Find(Identifier, place) is >= 0 and var overridden)
        {
            own[place] = overridden;
        }

        DecideSingle(snapshot, place, own);
        PickAll(own);
        return own[place];
    }

    private Span<int> Start(EnvironmentSnapshot snapshot, int steps)
    {
        GrantSteps(steps);
        ForgetAnswers(snapshot.RememberedAnswers);
        var features = snapshot.Features.Length;
        if (_outcomes.Length < features)
        {
            _outcomes = new int[features];
        }

        return _outcomes.AsSpan(0, features);
    }

    private void DecideSingle(EnvironmentSnapshot snapshot, int place, Span<int> outcomes)
    {
        if (outcomes[place] != EnvironmentSnapshot.NotDecided)
        {
            return;
        }

        ref readonly var feature = ref snapshot.Features[place];
        foreach (var (segment, state) in snapshot.Candidates.AsSpan(feature.FirstCandidate, feature.CandidateCount))
        {
            if (snapshot.Segments[segment].Matcher(this))
            {
                Take(snapshot, place, state, snapshot.EnvironmentOutcomes, outcomes);
                return;
            }
        }

        Take(snapshot, place, feature.State, snapshot.EnvironmentOutcomes, outcomes);
    }

    /// <summary>
    /// Decides a feature and those that it depends on. Override groups are in the order of dependencies: what is needed is
    /// found backwards from the feature's group, and decided forwards.
    /// </summary>
    private void DecideNeeded(EnvironmentSnapshot snapshot, FlagDependencies dependencies, int place, Span<int> outcomes)
    {
        var group = dependencies.Groups[place];
        if (group < 0 || outcomes[place] != EnvironmentSnapshot.NotDecided)
        {
            return;
        }

        if (_isNeeded.Length < outcomes.Length)
        {
            _isNeeded = new bool[outcomes.Length];
        }

        var isNeeded = _isNeeded.AsSpan(0, outcomes.Length);
        isNeeded.Clear();
        isNeeded[place] = true;
        for (var i = group; i >= 0; i--)
        {
            if (IsAnyNeeded(snapshot.OverrideGroups[i].Features, isNeeded, outcomes))
            {
                MarkRead(dependencies, dependencies.PathsOfGroups[i], isNeeded);
            }
        }

        ForgetReadFlags(dependencies);
        for (var i = 0; i <= group; i++)
        {
            var features = snapshot.OverrideGroups[i].Features;
            if (!IsAnyNeeded(features, isNeeded, outcomes))
            {
                continue;
            }

            ReadFlags(dependencies, dependencies.PathsOfGroups[i], outcomes);
            foreach (var feature in features)
            {
                if (isNeeded[feature])
                {
                    DecideSingle(snapshot, feature, outcomes);
                }
            }
        }

        PickAll(outcomes);
    }

    /// <summary>Determines whether a group has a feature that is needed and has no override of the identity.</summary>
    private static bool IsAnyNeeded(int[] features, ReadOnlySpan<bool> isNeeded, ReadOnlySpan<int> outcomes)
    {
        foreach (var feature in features)
        {
            if (isNeeded[feature] && outcomes[feature] == EnvironmentSnapshot.NotDecided)
            {
                return true;
            }
        }

        return false;
    }

    private static void MarkRead(FlagDependencies dependencies, int[] paths, Span<bool> isNeeded)
    {
        foreach (var path in paths)
        {
            foreach (ref readonly var candidate in dependencies.Paths[path].Candidates.AsSpan())
            {
                isNeeded[candidate.Place] = true;
            }
        }
    }
}
