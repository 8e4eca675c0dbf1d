namespace EdgeProxy.Fuzzing;

/// <summary>The cases to run.</summary>
internal sealed record FuzzSettings
{
    /// <summary>Decides what the cases are: the same bytes for the same seed, on any machine.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The number of the first case: a run that died is taken up where it died.</summary>
    public long From { get; init; }

    /// <summary>The maximum number of cases; null for as many as there is time for.</summary>
    public long? Cases { get; init; }

    /// <summary>The duration.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The randomness of a case: of its number and the seed alone, whatever came before it.</summary>
    public Random RandomOf(long number) => new(unchecked((Seed * 1_000_003) + (int)(number * 7919) + (int)(number >> 20)));
}
