using System.Runtime.InteropServices;
using EdgeProxy.Engine.Compilation.Dependencies;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation;

/// <summary>
/// Finds the features whose flags depend on the request, and groups those that are overridden by the same segments.
/// </summary>
internal static class OverrideGroupCompiler
{
    /// <summary>
    /// Creates the groups, in the order of their first features or, with dependencies, in topological order.
    /// </summary>
    public static OverrideGroup[] Compile(
        FeaturePlan[] features,
        OverrideCandidate[] candidates,
        IReadOnlyList<StatePlan> states,
        DependencyGraph? dependencies)
    {
        var groups = new OrderedDictionary<int[], List<int>>(new SegmentsComparer());
        for (var place = 0; place < features.Length; place++)
        {
            var feature = features[place];
            if ((feature.CandidateCount == 0 && states[feature.State].Variants is null) || dependencies?.FeatureReachesCycle(place) == true)
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

        var compiled = groups.Select(static group => new OverrideGroup(group.Key, [.. group.Value]));

        // The features of a group need the same segments, apart from segments that never match: the lowest of their levels
        // is above that of each feature that these segments read.
        return dependencies is null ? [.. compiled] : [.. compiled.OrderBy(group => group.Features.Min(dependencies.LevelOf))];
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
