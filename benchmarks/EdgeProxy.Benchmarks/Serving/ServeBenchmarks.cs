using BenchmarkDotNet.Attributes;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Serving;

/// <summary>From request to answer through the SDK application, in memory.</summary>
[BenchmarkCategory(Categories.NoAllocations)]
public class ServeBenchmarks
{
    private const string Flags = "/api/v1/flags/";
    private const string Identities = "/api/v1/identities/";
    private const string Analytics = "/api/v1/analytics/flags/";
    private const string OfrepFlags = "/ofrep/v1/evaluate/flags";
    private const string Document = "/api/v1/environment-document/";

    private readonly ServedRequest _flagsSmall = new(EnvironmentShapes.Small, "GET", Flags);
    private readonly ServedRequest _flagsPlain = new(EnvironmentShapes.Plain, "GET", Flags);
    private readonly ServedRequest _flagsPlainGzip = new(EnvironmentShapes.Plain, "GET", Flags, acceptsGzip: true);
    private readonly ServedRequest _oneFlag = new(EnvironmentShapes.Plain, "GET", Flags, "?feature=feature_7");
    private readonly ServedRequest _identityByQuery = new(EnvironmentShapes.Plain, "GET", Identities, "?identifier=user-42");
    private readonly ServedRequest _identityPlain = new(EnvironmentShapes.Plain, "POST", Identities, body: IdentityRequests.Plain);
    private readonly ServedRequest _identityPlainGzip = new(EnvironmentShapes.Plain, "POST", Identities, body: IdentityRequests.Plain, acceptsGzip: true);
    private readonly ServedRequest _identityMatching = new(EnvironmentShapes.Heavy, "POST", Identities, body: IdentityRequests.HeavyMatching);
    private readonly ServedRequest _identityMatchingGzip = new(EnvironmentShapes.Heavy, "POST", Identities, body: IdentityRequests.HeavyMatching, acceptsGzip: true);
    private readonly ServedRequest _identityFailing = new(EnvironmentShapes.Heavy, "POST", Identities, body: IdentityRequests.HeavyFailing);
    private readonly ServedRequest _identityOverridden = new(EnvironmentShapes.Large, "POST", Identities, body: IdentityRequests.Overridden);
    private readonly ServedRequest _analytics = new(EnvironmentShapes.Plain, "POST", Analytics, body: AnalyticsRequests.Plain);
    private readonly ServedRequest _ofrepEnvironment = new(EnvironmentShapes.Plain, "POST", OfrepFlags, body: "{}"u8.ToArray());
    private readonly ServedRequest _ofrepPlain = new(EnvironmentShapes.Plain, "POST", OfrepFlags, body: IdentityRequests.PlainContext);
    private readonly ServedRequest _ofrepMatching = new(EnvironmentShapes.Heavy, "POST", OfrepFlags, body: IdentityRequests.HeavyMatchingContext);
    private readonly ServedRequest _ofrepMatchingGzip = new(EnvironmentShapes.Heavy, "POST", OfrepFlags, body: IdentityRequests.HeavyMatchingContext, acceptsGzip: true);
    private readonly ServedRequest _ofrepKnown = new ServedRequest(EnvironmentShapes.Heavy, "POST", OfrepFlags, body: IdentityRequests.HeavyMatchingContext).Known();
    private readonly ServedRequest _ofrepFailing = new(EnvironmentShapes.Heavy, "POST", OfrepFlags, body: IdentityRequests.HeavyFailingContext);
    private readonly ServedRequest _ofrepOne = new(EnvironmentShapes.Heavy, "POST", OfrepFlags + "/feature_7", body: IdentityRequests.HeavyMatchingContext);
    private readonly ServedRequest _document = new(EnvironmentShapes.Heavy, "GET", Document);
    private readonly ServedRequest _documentGzip = new(EnvironmentShapes.Heavy, "GET", Document, acceptsGzip: true);

    /// <summary>All flags, 5 features.</summary>
    [Benchmark]
    public Task FlagsSmall() => _flagsSmall.Answer();

    /// <summary>All flags, 50 features.</summary>
    [Benchmark(Baseline = true)]
    public Task FlagsPlain() => _flagsPlain.Answer();

    /// <summary>The same, compressed.</summary>
    [Benchmark]
    public Task FlagsPlainGzip() => _flagsPlainGzip.Answer();

    /// <summary>One flag by its name.</summary>
    [Benchmark]
    public Task OneFlag() => _oneFlag.Answer();

    /// <summary>An identity without traits.</summary>
    [Benchmark]
    public Task IdentityByQuery() => _identityByQuery.Answer();

    /// <summary>An identity with four traits, 50 features.</summary>
    [Benchmark]
    public Task IdentityPlain() => _identityPlain.Answer();

    /// <summary>The same, compressed.</summary>
    [Benchmark]
    public Task IdentityPlainGzip() => _identityPlainGzip.Answer();

    /// <summary>An identity whose 14 traits meet a segment that decides every flag.</summary>
    [Benchmark]
    public Task IdentityMatching() => _identityMatching.Answer();

    /// <summary>The same, compressed.</summary>
    [Benchmark]
    public Task IdentityMatchingGzip() => _identityMatchingGzip.Answer();

    /// <summary>An identity whose 14 traits fail each of 15 segments at its last condition.</summary>
    [Benchmark]
    public Task IdentityFailing() => _identityFailing.Answer();

    /// <summary>An identity with an override, one of 10,000.</summary>
    [Benchmark]
    public Task IdentityOverridden() => _identityOverridden.Answer();

    /// <summary>50 counts of evaluations.</summary>
    [Benchmark]
    public Task FlagAnalytics() => _analytics.Answer();

    /// <summary>All flags by OFREP without a context.</summary>
    [Benchmark]
    public Task OfrepEnvironment() => _ofrepEnvironment.Answer();

    /// <summary>The identity of <see cref="IdentityPlain"/> by OFREP.</summary>
    [Benchmark]
    public Task OfrepPlain() => _ofrepPlain.Answer();

    /// <summary>The identity of <see cref="IdentityMatching"/> by OFREP.</summary>
    [Benchmark]
    public Task OfrepMatching() => _ofrepMatching.Answer();

    /// <summary>The same, compressed.</summary>
    [Benchmark]
    public Task OfrepMatchingGzip() => _ofrepMatchingGzip.Answer();

    /// <summary>The same, if the client has the answer already.</summary>
    [Benchmark]
    public Task OfrepKnown() => _ofrepKnown.Answer();

    /// <summary>The identity of <see cref="IdentityFailing"/> by OFREP.</summary>
    [Benchmark]
    public Task OfrepFailing() => _ofrepFailing.Answer();

    /// <summary>One flag of the identity of <see cref="IdentityMatching"/> by OFREP.</summary>
    [Benchmark]
    public Task OfrepOne() => _ofrepOne.Answer();

    /// <summary>The document, 300 KB.</summary>
    [Benchmark]
    public Task EnvironmentDocument() => _document.Answer();

    /// <summary>The same, compressed.</summary>
    [Benchmark]
    public Task EnvironmentDocumentGzip() => _documentGzip.Answer();
}
