using EdgeProxy.Engine.Rendering;

namespace EdgeProxy.Engine.Evaluation;

/// <content>Flags that depend on flags. Environments without such flags use none of this.</content>
internal sealed partial class EvaluationFrame
{
    private const int NotRead = -1;

    private int[] _readFlags = [];
    private CycleEvaluation? _cycles;

    /// <summary>The value of each flag path, once its flags are decided.</summary>
    internal SlotValue[] FlagValues { get; private set; } = [];

    /// <summary>Determines whether a segment matches that may lead into a cycle of dependencies.</summary>
    internal bool CyclicSegmentMatches(int segment) => _cycles!.Matches(segment);

    /// <summary>The places of the features that were found to depend on themselves.</summary>
    internal HashSet<int> CyclicPlaces() => Snapshot.Dependencies?.Cycles is { } plan
        ? [.. plan.Features.Where((_, number) => _cycles!.IsCyclic(number)).Select(static feature => feature.Place)]
        : [];

    /// <summary>Reads a decided flag by a path.</summary>
    /// <param name="path">The path's number.</param>
    /// <param name="candidate">The candidate of the path that the flag is for.</param>
    /// <param name="outcomes">The flag of each feature.</param>
    /// <returns>True if the path has a value.</returns>
    internal bool TryReadFlag(int path, in FlagPathCandidate candidate, Span<int> outcomes)
    {
        if (outcomes[candidate.Place] == EnvironmentSnapshot.NotDecided)
        {
            PickAll(outcomes); // the variant may still have to be picked
        }

        var dependencies = Snapshot.Dependencies!;
        var flag = outcomes[candidate.Place];
        var value = candidate.Values[dependencies.Values.Ordinal(flag)];
        if (FlagValueTable.IsNowhere(in value))
        {
            return false;
        }

        if (_readFlags[path] != flag)
        {
            _readFlags[path] = flag;
            if (dependencies.Paths[path].NeedsIdentity && !_hasIdentity)
            {
                value = default;
            }
            else if (value.Kind is SlotKind.Text or SlotKind.BigInteger)
            {
                value.Offset = Append(dependencies.Values.TextOf(in value));
            }

            FlagValues[path] = value;
        }

        return true;
    }

    /// <summary>Records that a path has no value.</summary>
    internal void SetNoFlagValue(int path)
    {
        _readFlags[path] = NotRead;
        FlagValues[path] = default;
    }

    /// <summary>Decides a feature that may reach a cycle: by the strongest override whose segment matches.</summary>
    /// <param name="place">The feature's place.</param>
    /// <param name="plan">The segments that may lead into a cycle, which were evaluated.</param>
    /// <param name="bestRank">The strongest override by one of these segments.</param>
    /// <param name="outcomes">The flag of each feature.</param>
    internal void Decide(int place, CyclePlan plan, int bestRank, Span<int> outcomes)
    {
        if (outcomes[place] != EnvironmentSnapshot.NotDecided)
        {
            return; // the identity has an override
        }

        var snapshot = Snapshot;
        ref readonly var feature = ref snapshot.Features[place];
        var candidates = snapshot.Candidates.AsSpan(feature.FirstCandidate, feature.CandidateCount);
        for (var rank = 0; rank < candidates.Length; rank++)
        {
            var (segment, state) = candidates[rank];
            if (plan.SegmentNumbers[segment] < 0 ? rank < bestRank && snapshot.Segments[segment].Matcher(this) : rank == bestRank)
            {
                Take(snapshot, place, state, snapshot.EnvironmentOutcomes, outcomes);
                return;
            }
        }

        Take(snapshot, place, feature.State, snapshot.EnvironmentOutcomes, outcomes);
    }

    /// <summary>Decides flags in topological order, and then those whose dependencies may lead into a cycle.</summary>
    private void EvaluateDependencies(EnvironmentSnapshot snapshot, FlagDependencies dependencies, Span<int> outcomes)
    {
        ForgetReadFlags(dependencies);
        for (var i = 0; i < snapshot.OverrideGroups.Length; i++)
        {
            ReadFlags(dependencies, dependencies.ReadBefore[i], outcomes);
            Decide(snapshot, in snapshot.OverrideGroups[i], outcomes);
        }

        if (_scope == EvaluationScope.FlagsAndSegments || dependencies.Cycles is not null)
        {
            ReadFlags(dependencies, dependencies.ReadAfter, outcomes);
        }

        if (dependencies.Cycles is { } cycles)
        {
            (_cycles ??= new CycleEvaluation()).Run(this, dependencies, cycles, outcomes);
        }
    }

    private void ForgetReadFlags(FlagDependencies dependencies)
    {
        var paths = dependencies.Paths.Length;
        if (FlagValues.Length < paths)
        {
            FlagValues = new SlotValue[paths];
            _readFlags = new int[paths];
        }

        _readFlags.AsSpan(0, paths).Fill(NotRead);
    }

    /// <summary>Sets the reason of flags that depend on themselves (docs/spec/flag-dependencies.md 4.2).</summary>
    private void MarkCircular(EnvironmentSnapshot snapshot, CyclePlan cycles, Span<int> outcomes)
    {
        for (var number = 0; number < cycles.Features.Length; number++)
        {
            var place = cycles.Features[number].Place;
            if (_cycles!.IsCyclic(number) && snapshot.Flags.CanFail(outcomes[place]))
            {
                outcomes[place] = RenderedFlags.InError(outcomes[place]);
                _deviates |= outcomes[place] != snapshot.EnvironmentOutcomes[place];
            }
        }
    }

    private void ReadFlags(FlagDependencies dependencies, int[] paths, Span<int> outcomes)
    {
        foreach (var path in paths)
        {
            SetNoFlagValue(path);
            foreach (ref readonly var candidate in dependencies.Paths[path].Candidates.AsSpan())
            {
                if (TryReadFlag(path, in candidate, outcomes))
                {
                    break;
                }
            }
        }
    }
}
