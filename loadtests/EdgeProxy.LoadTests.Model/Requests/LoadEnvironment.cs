using EdgeProxy.Workloads;

namespace EdgeProxy.LoadTests.Model.Requests;

/// <summary>The environment that identities are made for. Any other can be asked too; then fewer segments match.</summary>
internal static class LoadEnvironment
{
    /// <summary>Its client-side key.</summary>
    public const string Key = IdentityRequests.EnvironmentKey;

    /// <summary>50 features, 15 segments, 750 overrides by segments and 1,000 by identities: a document of some 800 KB.</summary>
    public static EnvironmentShape Shape { get; } = EnvironmentShapes.Heavy with { IdentityOverrides = 1000 };

    /// <summary>Its document.</summary>
    public static byte[] Document() => DocumentMaker.Make(Shape, Key);
}
