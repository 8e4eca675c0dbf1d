namespace EdgeProxy.Workloads;

/// <summary>The size of an environment, in each dimension that costs something.</summary>
public sealed record EnvironmentShape
{
    /// <summary>Features of the environment.</summary>
    public int Features { get; init; } = 50;

    /// <summary>The number of features, from the first, that have three variants of 30 percent each.</summary>
    public int Multivariate { get; init; } = 5;

    /// <summary>Segments, each of one rule of conditions that must all be met.</summary>
    public int Segments { get; init; } = 15;

    /// <summary>Conditions of each segment, of eight operators in turn.</summary>
    public int Conditions { get; init; } = 15;

    /// <summary>The number of features, from the first, that each segment overrides.</summary>
    public int OverridesPerSegment { get; init; } = 50;

    /// <summary>Identities with one override each.</summary>
    public int IdentityOverrides { get; init; }
}
