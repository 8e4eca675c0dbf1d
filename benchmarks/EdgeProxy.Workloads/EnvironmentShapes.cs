namespace EdgeProxy.Workloads;

/// <summary>The shapes that figures are quoted for.</summary>
public static class EnvironmentShapes
{
    /// <summary>5 features and nothing else.</summary>
    public static EnvironmentShape Small { get; } = new() { Features = 5, Segments = 0, Multivariate = 0 };

    /// <summary>50 features and nothing else.</summary>
    public static EnvironmentShape Plain { get; } = new() { Segments = 0, Multivariate = 0 };

    /// <summary>50 features, 15 segments of 15 conditions, 750 overrides: a document of some 300 KB.</summary>
    public static EnvironmentShape Heavy { get; } = new();

    /// <summary>100 features, 20 segments, 100,000 identities with an override: a document of some 50 MB.</summary>
    public static EnvironmentShape Crowded { get; } = new()
    {
        Features = 100,
        Segments = 20,
        Conditions = 3,
        OverridesPerSegment = 0,
        IdentityOverrides = 100_000,
    };

    /// <summary>The same without the identities: what <see cref="Crowded"/> is compared with.</summary>
    public static EnvironmentShape Uncrowded { get; } = Crowded with { IdentityOverrides = 0 };

    /// <summary><see cref="Heavy"/> and 10,000 identities with an override: a document of some 5 MB.</summary>
    public static EnvironmentShape Large { get; } = new() { IdentityOverrides = 10_000 };
}
