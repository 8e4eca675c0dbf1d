using EdgeProxy.Benchmarks.Serving;
using EdgeProxy.Workloads;

namespace EdgeProxy.Instructions;

/// <summary>The requests whose instructions are counted: those of the mix that are answered in memory alike.</summary>
internal static class InstructionRows
{
    private const string Flags = "/api/v1/flags/";
    private const string Identities = "/api/v1/identities/";

    /// <summary>The requests by name; each is set up when it is wanted.</summary>
    public static IReadOnlyDictionary<string, Func<ServedRequest>> All { get; } = new Dictionary<string, Func<ServedRequest>>
    {
        ["GET /flags/ small"] = static () => new(EnvironmentShapes.Small, "GET", Flags),
        ["GET /flags/ plain"] = static () => new(EnvironmentShapes.Plain, "GET", Flags),
        ["POST /identities/ plain"] = static () => new(EnvironmentShapes.Plain, "POST", Identities, body: IdentityRequests.Plain),
        ["POST /identities/ plain, gzip"] = static () => new(EnvironmentShapes.Plain, "POST", Identities, body: IdentityRequests.Plain, acceptsGzip: true),
        ["POST /identities/ heavy, matching"] = static () => new(EnvironmentShapes.Heavy, "POST", Identities, body: IdentityRequests.HeavyMatching),
        ["POST /identities/ heavy, failing last"] = static () => new(EnvironmentShapes.Heavy, "POST", Identities, body: IdentityRequests.HeavyFailing),
        ["POST /identities/ heavy, missing"] = static () => new(EnvironmentShapes.Heavy, "POST", Identities, body: IdentityRequests.HeavyMissing),
        ["POST /identities/ heavy, matching, gzip"] = static () => new(EnvironmentShapes.Heavy, "POST", Identities, body: IdentityRequests.HeavyMatching, acceptsGzip: true),
        ["POST /identities/ heavy, failing last, gzip"] = static () => new(EnvironmentShapes.Heavy, "POST", Identities, body: IdentityRequests.HeavyFailing, acceptsGzip: true),
        ["GET /environment-document/ of 300 KB"] = static () => new(EnvironmentShapes.Heavy, "GET", "/api/v1/environment-document/"),
    };
}
