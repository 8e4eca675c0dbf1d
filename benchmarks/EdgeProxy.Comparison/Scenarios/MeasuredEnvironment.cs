using EdgeProxy.Workloads;

namespace EdgeProxy.Comparison.Scenarios;

/// <summary>An environment that is measured.</summary>
/// <param name="Key">Its client-side key.</param>
/// <param name="Shape">The size.</param>
internal sealed record MeasuredEnvironment(string Key, EnvironmentShape Shape)
{
    /// <summary>5 features.</summary>
    public static MeasuredEnvironment Small { get; } = new("workload-small", EnvironmentShapes.Small);

    /// <summary>50 features.</summary>
    public static MeasuredEnvironment Plain { get; } = new("workload-plain", EnvironmentShapes.Plain);

    /// <summary>50 features, 15 segments, 750 overrides.</summary>
    public static MeasuredEnvironment Heavy { get; } = new(IdentityRequests.EnvironmentKey, EnvironmentShapes.Heavy);

    /// <summary>100,000 identity overrides.</summary>
    public static MeasuredEnvironment Crowded { get; } = new("workload-crowded", EnvironmentShapes.Crowded);

    /// <summary>10,000 identity overrides in 5 MB.</summary>
    public static MeasuredEnvironment Large { get; } = new("workload-large", EnvironmentShapes.Large);

    /// <summary>Those of the endpoint mix.</summary>
    public static IReadOnlyList<MeasuredEnvironment> OfTheMix { get; } = [Small, Plain, Heavy, Crowded];

    /// <summary>Its server-side key.</summary>
    public string ServerSideKey => $"ser.{Key}";

    /// <summary>The time of the last change that a document says.</summary>
    /// <param name="revision">The revision of the document.</param>
    public static DateTime UpdatedAt(int revision) => DateTime.UnixEpoch.AddYears(56).AddSeconds(revision);

    /// <summary>Its document.</summary>
    public byte[] Document(int revision = 0) => DocumentMaker.Make(Shape, Key, revision);
}
