using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Metrics;

/// <summary>What endpoints are called in metrics and spans.</summary>
internal static class EndpointNames
{
    private static readonly string[] Names =
        ["none", "flags", "identities", "environment-document", "readiness", "environments", "liveness", "metrics", "preflight"];

    /// <summary>How many endpoints there are, with the one that is none.</summary>
    public static int Count => Names.Length;

    /// <summary>All of them.</summary>
    public static IEnumerable<SdkEndpoint> All => Enumerable.Range(0, Count).Select(static number => (SdkEndpoint)number);

    /// <summary>What one is called.</summary>
    public static string Of(SdkEndpoint endpoint) => Names[(int)endpoint];
}
