namespace EdgeProxy.LoadTests.Model.Requests;

/// <summary>
/// Numbers that look random and depend on nothing but a number and a seed: requests are the same in each run, and threads
/// that make them share no generator.
/// </summary>
internal static class Scatter
{
    /// <summary>A number from 0 to 1, 1 excluded.</summary>
    public static double At(long number, int seed)
    {
        // SplitMix64, by Sebastiano Vigna, in the public domain.
        var state = unchecked((ulong)number + (((ulong)(uint)seed + 1) * 0x9E3779B97F4A7C15));
        for (var round = 0; round < 2; round++)
        {
            state = unchecked(state + 0x9E3779B97F4A7C15);
            state = unchecked((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9);
            state = unchecked((state ^ (state >> 27)) * 0x94D049BB133111EB);
            state ^= state >> 31;
        }

        return (state >> 11) * (1.0 / (1UL << 53));
    }
}
