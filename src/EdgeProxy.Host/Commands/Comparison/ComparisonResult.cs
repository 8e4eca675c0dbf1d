namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>The result of a comparison.</summary>
/// <param name="Here">The address of this server.</param>
/// <param name="There">The address of the other server.</param>
internal sealed record ComparisonResult(Uri Here, Uri There)
{
    /// <summary>The number of questions of each kind.</summary>
    public required IReadOnlyDictionary<string, int> Questions { get; init; }

    /// <summary>The differences that were there twice.</summary>
    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>The same, those that are alike together.</summary>
    public required IReadOnlyList<DifferenceGroup> Groups { get; init; }

    /// <summary>The number of questions whose answers differed once, and not when they were asked again.</summary>
    public required int Vanished { get; init; }

    /// <summary>The number of questions with harmless differences, by kind.</summary>
    public required IReadOnlyDictionary<HarmlessDifference, int> Harmless { get; init; }

    /// <summary>The times of this server, ascending.</summary>
    public required IReadOnlyList<TimeSpan> TimesHere { get; init; }

    /// <summary>The times of the other server, ascending.</summary>
    public required IReadOnlyList<TimeSpan> TimesThere { get; init; }

    /// <summary>The number of questions.</summary>
    public int Count => Questions.Values.Sum();

    /// <summary>Finds the time that a share of the answers did not exceed.</summary>
    public static TimeSpan Percentile(IReadOnlyList<TimeSpan> ascending, int percent) =>
        ascending.Count == 0 ? TimeSpan.Zero : ascending[Math.Min(ascending.Count - 1, ascending.Count * percent / 100)];
}
