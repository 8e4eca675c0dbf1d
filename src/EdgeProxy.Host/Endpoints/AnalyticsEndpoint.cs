using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Endpoints;

/// <summary>An endpoint for evaluations that SDKs counted (docs/spec/analytics.md 1).</summary>
internal abstract class AnalyticsEndpoint : ParsedBodyEndpoint
{
    private const int MaxBodyBytes = 1024 * 1024;

    private readonly AnalyticsOptions _options;

    protected AnalyticsEndpoint(AnalyticsOptions options, IdentityOptions limits, FlagCountsLedger ledger, AnalyticsMetrics metrics, LoadShedder shedder)
        : base(shedder, Math.Min(MaxBodyBytes, limits.MaxRequestBodyBytes))
    {
        _options = options;
        Ledger = ledger;
        Metrics = metrics;
    }

    /// <summary>The counts of all environments.</summary>
    protected FlagCountsLedger Ledger { get; }

    /// <summary>Counts the entries.</summary>
    protected AnalyticsMetrics Metrics { get; }

    /// <summary>Determines whether the evaluations of an environment are counted; if not, they are only read.</summary>
    protected bool IsCounted(EnvironmentState environment) => _options.IsEnabled && !environment.IsOffline;
}
