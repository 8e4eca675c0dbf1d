using System.Text;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>POST /api/v2/analytics/flags/</c> (docs/spec/analytics.md 1.4): evaluations by identity and state. No SDK posts here
/// yet, so this is not the fast path.
/// </summary>
internal sealed class EvaluationAnalyticsEndpoint : AnalyticsEndpoint, IEndpointDefinition
{
    public EvaluationAnalyticsEndpoint(AnalyticsOptions options, IdentityOptions limits, FlagCountsLedger ledger, AnalyticsMetrics metrics, LoadShedder shedder)
        : base(options, limits, ledger, metrics, shedder)
    {
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("evaluation-analytics", "/api/v2/analytics/flags/", EndpointSurface.Sdk)
    {
        Methods = EndpointMethods.Post,
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    protected override Task Answer(Exchange exchange, KeyBinding binding, ReadOnlyMemory<byte> body)
    {
        if (EvaluationReader.Read(body, out var entries) is { } error)
        {
            return ResponseWriter.WriteJson(exchange, StatusCodes.Status400BadRequest, error);
        }

        if (IsCounted(binding.Environment))
        {
            Count(exchange, binding.Environment, entries);
        }

        return ResponseWriter.WriteNothing(exchange, StatusCodes.Status204NoContent);
    }

    private void Count(Exchange exchange, EnvironmentState environment, IReadOnlyList<KeyValuePair<EvaluationKey, long>> entries)
    {
        var counts = Ledger.Of(environment.ClientSideKey);
        var snapshot = environment.Current?.Snapshot;
        var bucket = Ledger.ForwardsEvaluations ? null : counts.Find(RequestLabels.Of(exchange.RequestHeaders));
        var isAnyAccepted = false;
        foreach (var (key, count) in entries)
        {
            var outcome = count < 1 ? EntryOutcome.NotPositive
                : bucket is null ? counts.Add(key, count, snapshot)
                : counts.Add(bucket, Encoding.UTF8.GetBytes(key.Feature), count, snapshot);
            Metrics.CountEntry(outcome);
            isAnyAccepted |= outcome == EntryOutcome.Accepted;
        }

        if (isAnyAccepted)
        {
            Ledger.Counted.Request();
        }
    }
}
