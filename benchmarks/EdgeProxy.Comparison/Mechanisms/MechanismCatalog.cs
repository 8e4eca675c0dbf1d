using EdgeProxy.Comparison.Measurements;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;
using EdgeProxy.Workloads;

namespace EdgeProxy.Comparison.Mechanisms;

/// <summary>The mechanisms that are measured: inline completion, and those that it needs.</summary>
internal static class MechanismCatalog
{
    // Frequent enough that the 99th percentile of a turn is not a single request, and rare enough that the core idles.
    private const int Rate = 500;

    // Few enough that they are a small part of what the core can do.
    private const int ExpensiveRate = 100;

    private const int PipelinedRequests = 4096;
    private const int OtherConnections = 8;
    private const int UploadConnections = 4;
    private const int UploadedTraits = 500;
    private const int UploadedCharacters = 290;

    private const string Identities = "/api/v1/identities/";

    private static readonly HttpQuestion Plain = new(Identities, MeasuredEnvironment.Plain.ServerSideKey, IdentityRequests.Plain);

    private static readonly HttpQuestion OneFlag = new(
        "/ofrep/v1/evaluate/flags/feature_7", MeasuredEnvironment.Heavy.ServerSideKey, IdentityRequests.HeavyMatchingContext);

    private static readonly HttpQuestion Upload = new(Identities, MeasuredEnvironment.Plain.ServerSideKey, UploadBody());

    private static readonly MeasuredEnvironment[] Changing =
        [.. Enumerable.Range(1, 3).Select(static number => MeasuredEnvironment.Large with { Key = $"changing-{number}" })];

    /// <summary>All of them.</summary>
    /// <param name="settings">The settings of the measurement.</param>
    public static IEnumerable<Mechanism> All(ComparisonSettings settings)
    {
        yield return new("inline completion", ProxyVariant.With("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=0"),
        [
            Saturated("saturated, on a core of its own"),
            Saturated("saturated, another process uses the core") with { Hazard = static _ => new BusyCoreHazard() },
        ]);
        yield return new("connection fairness", ProxyVariant.Without("ConnectionFairness"),
        [
            Saturated("saturated, nothing beside it"),
            Beside($"a connection that sends {PipelinedRequests:N0} requests at a time", static _ => new RequestHazard(OneFlag, 1, PipelinedRequests), Load(MeasuredEnvironment.Heavy)),
        ]);
        yield return new("offloaded requests", ProxyVariant.Without("OffloadedRequests"),
        [
            Beside("bodies of 900 KB", static _ => new RequestHazard(Upload, UploadConnections)),
            Beside("evaluations of some hundred thousand steps", static _ => new RequestHazard(ExpensiveEnvironment.Question(ExpensiveEnvironment.Of("expensive")), OtherConnections), LoadExpensive("expensive")),
        ]);
        yield return new("fair turns", ProxyVariant.Without("FairTurns"), [Competing()]);
        yield return new("background compression", ProxyVariant.Without("BackgroundWork"), [BesideFirstAnswers(settings)]);
        yield return new("upstream threads", ProxyVariant.Without("UpstreamThreads"), [BesideChanges()]);
        yield return new("low priority", ProxyVariant.Without("LowPriority"), [BesideChanges()]);
    }

    /// <summary>A body of 900 KB.</summary>
    private static byte[] UploadBody()
    {
        var value = $"\"{string.Concat(Enumerable.Repeat("\\u00e9", UploadedCharacters))}\"";
        return IdentityRequests.Body("user-1", Enumerable.Range(0, UploadedTraits).Select(i => ($"trait_{i}", value)));
    }

    private static Situation Saturated(string name) => new(name, Plain, [Load(MeasuredEnvironment.Plain)]) { HasProcessorTime = true };

    private static Situation Beside(string name, Func<ApiStandIn, IHazard> hazard, params (MeasuredEnvironment Environment, byte[] Document)[] environments) =>
        new($"beside {name}", Plain, [Load(MeasuredEnvironment.Plain), .. environments]) { Rate = Rate, Hazard = hazard };

    /// <summary>Expensive requests of one environment, beside more of them of another.</summary>
    private static Situation Competing() => new(
        "expensive requests, beside many of another environment",
        ExpensiveEnvironment.Question(ExpensiveEnvironment.Of("quiet")),
        [LoadExpensive("quiet"), LoadExpensive("loud")])
    {
        Rate = ExpensiveRate,
        Hazard = static _ => new RequestHazard(ExpensiveEnvironment.Question(ExpensiveEnvironment.Of("loud")), OtherConnections * 2),
    };

    private static Situation BesideFirstAnswers(ComparisonSettings settings)
    {
        var count = FirstAnswerHazard.EnvironmentsFor(MechanismComparison.HazardDurations(settings));
        MeasuredEnvironment[] unasked = [.. Enumerable.Range(0, count).Select(static number => MeasuredEnvironment.Heavy with { Key = $"unasked-{number}" })];
        return Beside("five first answers of 300 KB a second, compressed", _ => new FirstAnswerHazard(unasked), [.. unasked.Select(Load)]);
    }

    private static Situation BesideChanges() =>
        Beside("three documents of 5 MB that change each second", static api => new RefreshHazard(api, Changing), [.. Changing.Select(Load)]);

    private static (MeasuredEnvironment Environment, byte[] Document) Load(MeasuredEnvironment environment) => (environment, environment.Document());

    private static (MeasuredEnvironment Environment, byte[] Document) LoadExpensive(string key)
    {
        var environment = ExpensiveEnvironment.Of(key);
        return (environment, ExpensiveEnvironment.Document(environment));
    }
}
