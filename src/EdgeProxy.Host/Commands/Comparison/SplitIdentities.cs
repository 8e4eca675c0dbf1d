using System.Text;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Finds identities whose percentage is near a border, on both sides of it.</summary>
internal static class SplitIdentities
{
    // A tenth of a percent apart.
    private const int Candidates = 1000;
    private const int OnEachSide = 4;

    /// <summary>Finds identifiers, or values of a trait, near a border.</summary>
    /// <param name="border">The border, in percent.</param>
    /// <param name="owner">The key that seeds the split: of a segment, or of a feature.</param>
    /// <param name="subjectOf">Makes the other part of the hash from an identifier.</param>
    public static IEnumerable<string> NearestTo(double border, string owner, Func<string, string> subjectOf)
    {
        var seed = Encoding.UTF8.GetBytes(owner);
        var all = Enumerable.Range(0, Candidates)
            .Select(static i => $"edge-proxy-compare-{i}")
            .Select(text => (Text: text, Distance: PercentageHash.Of(seed, Encoding.UTF8.GetBytes(subjectOf(text))) - border))
            .ToList();
        var below = all.Where(static candidate => candidate.Distance <= 0).OrderByDescending(static candidate => candidate.Distance).Take(OnEachSide);
        var above = all.Where(static candidate => candidate.Distance > 0).OrderBy(static candidate => candidate.Distance).Take(OnEachSide);
        return below.Concat(above).Select(static candidate => candidate.Text);
    }
}
