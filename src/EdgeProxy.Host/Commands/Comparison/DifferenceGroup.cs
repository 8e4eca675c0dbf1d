namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Differences that are alike: of the same feature, from the same answer to the same other one, for questions about the same.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">The number of them.</param>
internal sealed record DifferenceGroup(Difference First, int Count)
{
    /// <summary>Groups differences, in the order of the first of each group.</summary>
    public static IReadOnlyList<DifferenceGroup> Of(IReadOnlyList<Difference> differences) =>
    [
        .. differences
            .GroupBy(static difference => (difference.Question.Subject, difference.Feature, difference.Here, difference.There))
            .Select(static group => new DifferenceGroup(group.First(), group.Count())),
    ];

    /// <inheritdoc/>
    public override string ToString() => $"{First}{(Count == 1 ? "" : $" ({Count} times)")}";
}
