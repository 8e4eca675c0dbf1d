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
        if (body.IsSingleSegment)
        {
            return Answer(exchange, environment, body.FirstSpan);
        }

        var length = (int)body.Length;
        var contiguous = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(contiguous);
        var task = Answer(exchange, environment, contiguous.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(contiguous);
        return task;
    }

    private Task Answer(Exchange exchange, EnvironmentState environment, ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
        {
            body = body["\uFEFF"u8.Length..];
        }

        if (!FlagCountReader.IsObject(body))
        {
            return ResponseWriter.WriteJson(exchange, StatusCodes.Status400BadRequest, NotAnObject);
        }

        if (_options.IsEnabled && !environment.IsOffline
            && FlagCountReader.Count(body, _ledger.Of(environment.ClientSideKey), RequestLabels.Of(exchange.RequestHeaders), environment.Current?.Snapshot, _metrics))
        {
            _ledger.NoteCounted();
        }

        return ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, Taken);
    }
}
