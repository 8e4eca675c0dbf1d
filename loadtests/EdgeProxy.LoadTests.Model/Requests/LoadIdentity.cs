using EdgeProxy.Workloads;

namespace EdgeProxy.LoadTests.Model.Requests;

/// <summary>
/// An identity of <see cref="LoadEnvironment"/>, always with the same traits: none, everyday ones that no segment looks at, or
/// those that segments ask for. One in twenty has an override.
/// </summary>
/// <param name="Identifier">Its identifier.</param>
/// <param name="Traits">Its traits; values are JSON.</param>
internal sealed record LoadIdentity(string Identifier, IReadOnlyList<(string Key, string Value)> Traits)
{
    private const int OverrideEvery = 20;
    private const double WithoutTraits = 0.3;
    private const double WithEverydayTraits = 0.4;

    // Each condition is met so often: of 14 that a segment has on traits, all are met by about one in four.
    private const double Meets = 0.9;

    private static readonly string[] Plans = ["\"free\"", "\"premium\"", "\"enterprise\""];
    private static readonly string[] Countries = ["\"DE\"", "\"FR\"", "\"GB\"", "\"JP\"", "\"US\""];

    /// <summary>The identity of a rank.</summary>
    /// <param name="rank">The rank by activity; 0 is the most active.</param>
    public static LoadIdentity OfRank(int rank)
    {
        var identifier = rank % OverrideEvery == OverrideEvery - 1
            ? IdentityRequests.OverriddenIdentifier(rank / OverrideEvery % LoadEnvironment.Shape.IdentityOverrides)
            : $"user-{rank}";
        return new LoadIdentity(identifier, Scatter.At(rank, seed: 1) switch
        {
            < WithoutTraits => [],
            < WithoutTraits + WithEverydayTraits => Everyday(rank),
            _ => [.. Asked(rank)],
        });
    }

    private static (string Key, string Value)[] Everyday(int rank) =>
    [
        ("plan", Pick(Plans, rank, seed: 2)),
        ("age", $"{18 + (int)(60 * Scatter.At(rank, seed: 3))}"),
        ("beta", Scatter.At(rank, seed: 4) < 0.1 ? "true" : "false"),
        ("country", Pick(Countries, rank, seed: 5)),
    ];

    private static IEnumerable<(string Key, string Value)> Asked(int rank) =>
        from place in Enumerable.Range(0, LoadEnvironment.Shape.Conditions)
        let condition = WorkloadConditions.At(place)
        where condition is { Matching: not null, Failing: not null }
        select (WorkloadConditions.PropertyAt(place), Scatter.At(rank, seed: 100 + place) < Meets ? condition.Matching : condition.Failing);

    private static string Pick(string[] values, int rank, int seed) => values[(int)(Scatter.At(rank, seed) * values.Length)];
}
