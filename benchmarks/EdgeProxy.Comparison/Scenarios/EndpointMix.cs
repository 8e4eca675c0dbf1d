using EdgeProxy.Comparison.Servers;
using EdgeProxy.Workloads;

namespace EdgeProxy.Comparison.Scenarios;

/// <summary>Requests of SDKs, for environments of every kind.</summary>
internal static class EndpointMix
{
    private const string Gzip = ", gzip";
    private const double MaxOverProtocol = 1.1;

    // One of each kind, where all would take hours.
    private static readonly string[] Representative =
        ["GET /flags/ small", "POST /identities/ plain", "POST /identities/ heavy, matching", "GET /environment-document/ of 300 KB"];

    /// <summary>All scenarios, without compression.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [.. Plain()];

    /// <summary>All scenarios, each as it is and, if its answer can be compressed, with compression.</summary>
    public static IReadOnlyList<Scenario> WithCompression { get; } = [.. All.SelectMany(static scenario => scenario.IsPolled ? [scenario] : (Scenario[])[scenario, Compressed(scenario)])];

    /// <summary>Scenarios with the bare server, each over each protocol.</summary>
    /// <param name="protocols">The protocols.</param>
    /// <param name="only">A text in the names; empty for one scenario of each kind.</param>
    public static IEnumerable<Scenario> Over(IReadOnlyList<ClientProtocol> protocols, string only) => All
        .Where(scenario => scenario.Other is null && IsChosen(scenario, only))
        .SelectMany(scenario => protocols.Select(protocol => scenario with { Question = scenario.Question with { Protocol = protocol }, Target = MaxOverProtocol }));

    /// <summary>Scenarios for which EdgeProxy needs no other server, each as it is and with compression.</summary>
    /// <param name="only">A text in the names; empty for one scenario of each kind.</param>
    public static IEnumerable<Scenario> Alone(string only) =>
        WithCompression.Where(scenario => scenario is { Other: null, IsPolled: false } && IsChosen(scenario, only));

    private static bool IsChosen(Scenario scenario, string only) => only.Length == 0
        ? Representative.Contains(scenario.Name.Replace(Gzip, "", StringComparison.Ordinal))
        : scenario.Name.Contains(only, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Scenario> Plain() =>
    [
        Flags("GET /flags/ small", MeasuredEnvironment.Small),
        Flags("GET /flags/ plain", MeasuredEnvironment.Plain),
        Identity("POST /identities/ plain", MeasuredEnvironment.Plain, IdentityRequests.Plain, 1.25),
        Identity("POST /identities/ heavy, matching", MeasuredEnvironment.Heavy, IdentityRequests.HeavyMatching, 1.5),
        Identity("POST /identities/ heavy, failing last", MeasuredEnvironment.Heavy, IdentityRequests.HeavyFailing, 1.5),
        Identity("POST /identities/ heavy, missing", MeasuredEnvironment.Heavy, IdentityRequests.HeavyMissing, 1.5),
        Identity("POST /identities/ crowded, overridden", MeasuredEnvironment.Crowded, IdentityRequests.Overridden, null),
        Identity("100,000 identity overrides against none", MeasuredEnvironment.Crowded, IdentityRequests.Overridden, 1.05)
            with { Other = EnvironmentShapes.Uncrowded },
        Details("POST /identities/ plain, details against none", MeasuredEnvironment.Plain, IdentityRequests.Plain),
        Details("POST /identities/ heavy, matching, details against none", MeasuredEnvironment.Heavy, IdentityRequests.HeavyMatching),
        new("POST /analytics/flags/ of 50 counts", MeasuredEnvironment.Plain, new("/api/v1/analytics/flags/", MeasuredEnvironment.Plain.Key, AnalyticsRequests.Plain))
        {
            IsPolled = true,
            Target = 1.3,
        },
        .. Ofrep("plain", MeasuredEnvironment.Plain, IdentityRequests.PlainContext, IdentityRequests.Plain),
        .. Ofrep("heavy, matching", MeasuredEnvironment.Heavy, IdentityRequests.HeavyMatchingContext, IdentityRequests.HeavyMatching),
        .. Ofrep("heavy, failing last", MeasuredEnvironment.Heavy, IdentityRequests.HeavyFailingContext, IdentityRequests.HeavyFailing),
        new("GET /environment-document/ of 300 KB", MeasuredEnvironment.Heavy, new("/api/v1/environment-document/", MeasuredEnvironment.Heavy.ServerSideKey)),
    ];

    private static Scenario Flags(string name, MeasuredEnvironment environment) =>
        new(name, environment, new("/api/v1/flags/", environment.ServerSideKey)) { Target = 1.10 };

    private static Scenario Identity(string name, MeasuredEnvironment environment, byte[] body, double? target) =>
        new(name, environment, new("/api/v1/identities/", environment.ServerSideKey, body)) { Target = target };

    /// <summary>OFREP against the SDK API, for the same identity of the same environment.</summary>
    private static IEnumerable<Scenario> Ofrep(string name, MeasuredEnvironment environment, byte[] context, byte[] identity)
    {
        const string Bulk = "/ofrep/v1/evaluate/flags";
        var bulk = new HttpQuestion(Bulk, environment.ServerSideKey, context);
        var other = new HttpQuestion("/api/v1/identities/", environment.ServerSideKey, identity);
        yield return Against($"OFREP all flags, {name}", bulk, 1.15);
        yield return Against($"OFREP all flags known, {name}", bulk with { IsKnown = true }, 1.0);
        yield return Against($"OFREP one flag, {name}", bulk with { Path = $"{Bulk}/feature_7" }, 0.8);

        Scenario Against(string title, HttpQuestion question, double target) =>
            new($"{title}, against POST /identities/", environment, question) { Other = environment.Shape, OtherQuestion = other, Target = target };
    }

    /// <summary>The cost of variant and reason; for clients, whose reasons are cut short.</summary>
    private static Scenario Details(string name, MeasuredEnvironment environment, byte[] body) =>
        new(name, environment, new("/api/v1/identities/", environment.Key, body)) { Other = environment.Shape, IsOtherWithoutDetails = true };

    private static Scenario Compressed(Scenario scenario) =>
        scenario with
        {
            Name = $"{scenario.Name}{Gzip}",
            Question = scenario.Question with { AcceptsGzip = true },
            OtherQuestion = scenario.OtherQuestion is { } other ? other with { AcceptsGzip = true } : null,
            Target = null, // the bare server gets its bytes for nothing; the targets speak of answers as they are
        };
}
