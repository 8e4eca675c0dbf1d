using System.Runtime.InteropServices;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation;

/// <summary>Finds the features whose flags depend on who asks, and puts those together that the same segments decide.</summary>
internal static class ContestCompiler
{
    /// <summary>The contests, in the order of their first features.</summary>
    public static Contest[] Compile(FeaturePlan[] features, OverrideCandidate[] candidates, IReadOnlyList<StatePlan> states)
    {
        var contests = new OrderedDictionary<int[], List<int>>(new SegmentsComparer());
        for (var place = 0; place < features.Length; place++)
        {
            var feature = features[place];
            if (feature.CandidateCount == 0 && states[feature.State].Variants is null)
            {
                continue;
            }

            var segments = Array.ConvertAll(
                candidates[feature.FirstCandidate..(feature.FirstCandidate + feature.CandidateCount)], static candidate => candidate.Segment);
            if (!contests.TryGetValue(segments, out var places))
            {
                contests.Add(segments, places = []);
            }

            places.Add(place);
        }

        return [.. contests.Select(static contest => new Contest(contest.Key, [.. contest.Value]))];
    }

    private sealed class SegmentsComparer : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(obj.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
