using System.Buffers;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>POST /api/v1/analytics/flags/</c> (docs/spec/analytics.md 1): the evaluations that an SDK counted. Whatever happens to
/// them afterwards, a well-formed request gets 200 with a body: other answers make one SDK or another send its counts again.
/// </summary>
internal sealed class FlagAnalyticsEndpoint : BodyEndpoint, IEndpointDefinition
{
    private const int MaxBodyBytes = 1024 * 1024;

    private static readonly byte[] Taken = "{}"u8.ToArray();
    private static readonly byte[] NotAnObject = """{"non_field_errors":["Expected a JSON object."]}"""u8.ToArray();

    private readonly AnalyticsOptions _options;
    private readonly FlagCountsLedger _ledger;
    private readonly AnalyticsMetrics _metrics;

    public FlagAnalyticsEndpoint(AnalyticsOptions options, IdentityOptions limits, FlagCountsLedger ledger, AnalyticsMetrics metrics, LoadShedder shedder)
        : base(shedder, Math.Min(MaxBodyBytes, limits.MaxRequestBodyBytes))
    {
        _options = options;
        _ledger = ledger;
        _metrics = metrics;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("flag-analytics", "/api/v1/analytics/flags/", EndpointSurface.Sdk)
    {
        Methods = EndpointMethods.Post,
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    protected override Task AnswerBody(Exchange exchange, EnvironmentState environment, in ReadOnlySequence<byte> body)
    {
        var isLarge = body.Length > OffloadedRequests.BodyInlineUpTo;
        if (body.IsSingleSegment && !isLarge)
        {
            return Answer(exchange, environment, body.FirstSpan);
        }

        var length = (int)body.Length;
        var contiguous = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(contiguous);
        if (isLarge)
        {
            return AnswerLaterAsync(exchange, environment, contiguous, length);
        }

        var task = Answer(exchange, environment, contiguous.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(contiguous);
        return task;
    }

    /// <summary>Answers on the thread pool: a large body would hold up the other connections of this thread.</summary>
    private async Task AnswerLaterAsync(Exchange exchange, EnvironmentState environment, byte[] body, int length)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await Answer(exchange, environment, body.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    private Task Answer(Exchange exchange, EnvironmentState environment, ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
        {
            body = body["\uFEFF"u8.Length..];
        }

        if (!TryCount(exchange, environment, body, out var isAnyAccepted))
        {
            return ResponseWriter.WriteJson(exchange, StatusCodes.Status400BadRequest, NotAnObject);
        }

        if (isAnyAccepted)
        {
            _ledger.Counted.Request();
        }

        return ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, Taken);
    }

    /// <returns>False if the body is not an object.</returns>
    private bool TryCount(Exchange exchange, EnvironmentState environment, ReadOnlySpan<byte> body, out bool isAnyAccepted)
    {
        isAnyAccepted = false;
        if (!_options.IsEnabled || environment.IsOffline)
        {
            return FlagCountReader.IsObject(body);
        }

        var counts = _ledger.Of(environment.ClientSideKey);
        var labels = RequestLabels.Of(exchange.RequestHeaders);
        var snapshot = environment.Current?.Snapshot;
        if (counts.FindExisting(labels) is { } bucket && KnownCountReader.TryCount(body, counts, bucket, snapshot, _metrics, out isAnyAccepted))
        {
            return true;
        }

        if (!FlagCountReader.IsObject(body))
        {
            return false;
        }

        isAnyAccepted = FlagCountReader.Count(body, counts, labels, snapshot, _metrics);
        return true;
    }
}
