using System.Runtime.InteropServices;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation;

/// <summary>Finds the features whose flags depend on who asks, and puts those together that the same segments decide.</summary>
internal static class OverrideGroupCompiler
{
    /// <summary>The groups, in the order of their first features.</summary>
    public static OverrideGroup[] Compile(FeaturePlan[] features, OverrideCandidate[] candidates, IReadOnlyList<StatePlan> states)
    {
        var groups = new OrderedDictionary<int[], List<int>>(new SegmentsComparer());
        for (var place = 0; place < features.Length; place++)
        {
            var feature = features[place];
            if (feature.CandidateCount == 0 && states[feature.State].Variants is null)
            {
                continue;
            }

            var segments = Array.ConvertAll(
                candidates[feature.FirstCandidate..(feature.FirstCandidate + feature.CandidateCount)], static candidate => candidate.Segment);
            if (!groups.TryGetValue(segments, out var places))
            {
                groups.Add(segments, places = []);
            }

            places.Add(place);
        }

        return [.. groups.Select(static group => new OverrideGroup(group.Key, [.. group.Value]))];
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
