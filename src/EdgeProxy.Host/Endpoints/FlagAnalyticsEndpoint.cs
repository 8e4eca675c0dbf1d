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
internal sealed class FlagAnalyticsEndpoint : AnalyticsEndpoint, IEndpointDefinition
{
    private static readonly byte[] Taken = "{}"u8.ToArray();
    private static readonly byte[] NotAnObject = """{"non_field_errors":["Expected a JSON object."]}"""u8.ToArray();

    public FlagAnalyticsEndpoint(AnalyticsOptions options, IdentityOptions limits, FlagCountsLedger ledger, AnalyticsMetrics metrics, LoadShedder shedder)
        : base(options, limits, ledger, metrics, shedder)
    {
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("flag-analytics", "/api/v1/analytics/flags/", EndpointSurface.Sdk)
    {
        Methods = EndpointMethods.Post,
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    protected override Task Answer(Exchange exchange, KeyBinding binding, ReadOnlyMemory<byte> body)
    {
        if (!TryCount(exchange, binding.Environment, body.Span, out var isAnyAccepted))
        {
            return ResponseWriter.WriteJson(exchange, StatusCodes.Status400BadRequest, NotAnObject);
        }

        if (isAnyAccepted)
        {
            Ledger.Counted.Request();
        }

        return ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, Taken);
    }

    /// <returns>False if the body is not an object.</returns>
    private bool TryCount(Exchange exchange, EnvironmentState environment, ReadOnlySpan<byte> body, out bool isAnyAccepted)
    {
        isAnyAccepted = false;
        if (!IsCounted(environment))
        {
            return FlagCountReader.IsObject(body);
        }

        var counts = Ledger.Of(environment.ClientSideKey);
        var labels = RequestLabels.Of(exchange.RequestHeaders);
        var snapshot = environment.Current?.Snapshot;
        if (counts.FindExisting(labels) is { } bucket && KnownCountReader.TryCount(body, counts, bucket, snapshot, Metrics, out isAnyAccepted))
        {
            return true;
        }

        if (!FlagCountReader.IsObject(body))
        {
            return false;
        }

        isAnyAccepted = FlagCountReader.Count(body, counts, labels, snapshot, Metrics);
        return true;
    }
}
