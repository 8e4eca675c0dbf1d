using System.Buffers;
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
internal sealed class EvaluationAnalyticsEndpoint : BodyEndpoint, IEndpointDefinition
{
    private const int MaxBodyBytes = 1024 * 1024;

    private readonly AnalyticsOptions _options;
    private readonly FlagCountsLedger _ledger;
    private readonly AnalyticsMetrics _metrics;

    public EvaluationAnalyticsEndpoint(AnalyticsOptions options, IdentityOptions limits, FlagCountsLedger ledger, AnalyticsMetrics metrics, LoadShedder shedder)
        : base(shedder, Math.Min(MaxBodyBytes, limits.MaxRequestBodyBytes))
    {
        _options = options;
        _ledger = ledger;
        _metrics = metrics;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("evaluation-analytics", "/api/v2/analytics/flags/", EndpointSurface.Sdk)
    {
        Methods = EndpointMethods.Post,
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    protected override Task AnswerBody(Exchange exchange, EnvironmentState environment, in ReadOnlySequence<byte> body)
    {
        var copy = body.ToArray();
        return copy.Length <= OffloadedRequests.BodyInlineUpTo ? Answer(exchange, environment, copy) : AnswerLaterAsync(exchange, environment, copy);
    }

    /// <summary>Answers on the thread pool: a large body would hold up the other connections of this thread.</summary>
    private async Task AnswerLaterAsync(Exchange exchange, EnvironmentState environment, byte[] body)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await Answer(exchange, environment, body);
    }

    private Task Answer(Exchange exchange, EnvironmentState environment, byte[] body)
    {
        var start = body.AsSpan().StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;
        if (EvaluationReader.Read(body.AsMemory(start), out var entries) is { } error)
        {
            return ResponseWriter.WriteJson(exchange, StatusCodes.Status400BadRequest, error);
        }

        if (_options.IsEnabled && !environment.IsOffline)
        {
            Count(exchange, environment, entries);
        }

        return ResponseWriter.WriteNothing(exchange, StatusCodes.Status204NoContent);
    }

    private void Count(Exchange exchange, EnvironmentState environment, IReadOnlyList<KeyValuePair<EvaluationKey, long>> entries)
    {
        var counts = _ledger.Of(environment.ClientSideKey);
        var snapshot = environment.Current?.Snapshot;
        var bucket = _ledger.ForwardsEvaluations ? null : counts.Find(RequestLabels.Of(exchange.RequestHeaders));
        var isAnyAccepted = false;
        foreach (var (key, count) in entries)
        {
            var outcome = count < 1 ? EntryOutcome.NotPositive
                : bucket is null ? counts.Add(key, count, snapshot)
                : counts.Add(bucket, Encoding.UTF8.GetBytes(key.Feature), count, snapshot);
            _metrics.CountEntry(outcome);
            isAnyAccepted |= outcome == EntryOutcome.Accepted;
        }

        if (isAnyAccepted)
        {
            _ledger.Counted.Request();
        }
    }
}
