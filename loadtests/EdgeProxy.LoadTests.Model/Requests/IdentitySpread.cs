namespace EdgeProxy.LoadTests.Model.Requests;

/// <summary>
/// The frequency of identities: by Zipf's law, the second most active identity is half as frequent as the first, the third a third as frequent.
/// So few are hot, and most are seen once or never.
/// </summary>
internal sealed class IdentitySpread
{
    private readonly double[] _upTo;
    private readonly int _seed;

    /// <summary>A spread.</summary>
    /// <param name="population">The number of identities.</param>
    /// <param name="seed">Another one, another order.</param>
    public IdentitySpread(int population, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(population, 1);
        _seed = seed;
        _upTo = new double[population];
        var sum = 0.0;
        for (var rank = 0; rank < population; rank++)
        {
            sum += 1.0 / (rank + 1);
            _upTo[rank] = sum;
        }
    }

    /// <summary>The identity.</summary>
    /// <param name="number">The number of the request.</param>
    /// <returns>A rank: 0 is the most active.</returns>
    public int RankAt(long number)
    {
        var found = Array.BinarySearch(_upTo, Scatter.At(number, _seed) * _upTo[^1]);

        // What lies between two sums belongs to the greater one, what is a sum to the next.
        return Math.Min(found < 0 ? ~found : found + 1, _upTo.Length - 1);
    }
}
