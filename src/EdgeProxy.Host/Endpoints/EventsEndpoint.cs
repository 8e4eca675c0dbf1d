using System.Buffers;
using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Events;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>POST /v1/events</c> (docs/spec/analytics.md 3): experiment events, which are passed on as they are. The proxy does not
/// send them again: SDKs do.
/// </summary>
internal sealed class EventsEndpoint : KeyedEndpoint, IEndpointDefinition
{
    private readonly EventsOptions _options;
    private readonly IEventForwarder _forwarder;
    private readonly EventMetrics _metrics;
    private readonly LoadShedder _shedder;
    private readonly EventBudget _budget = new();

    public EventsEndpoint(EventsOptions options, IEventForwarder forwarder, EventMetrics metrics, LoadShedder shedder)
    {
        _options = options;
        _forwarder = forwarder;
        _metrics = metrics;
        _shedder = shedder;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("events", "/v1/events", EndpointSurface.Sdk)
    {
        Methods = EndpointMethods.Post,
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override bool IsEnabled => _options.ApiUrl is not null;

    /// <inheritdoc/>
    public override Task RejectKey(Exchange exchange, ReadOnlySpan<char> key) => key.Length == 0 ? SdkErrors.UnknownKey(exchange, key) : SdkErrors.ForbiddenKey(exchange, key);

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange, KeyBinding binding) =>
        exchange.RequestHeaders.ContentLength > _options.MaxBodyBytes ? SdkErrors.BodyTooLarge(exchange, _options.MaxBodyBytes)
        : _budget.TryEnter() ? ForwardAsync(exchange)
        : Refuse(exchange);

    private async Task ForwardAsync(Exchange exchange)
    {
        var reserved = 0L;
        try
        {
            var (body, isRefused) = await ReadAsync(exchange, needed => _budget.TryReserve(ref reserved, needed));
            if (body is null)
            {
                await (isRefused ? Refuse(exchange) : SdkErrors.BodyTooLarge(exchange, _options.MaxBodyBytes));
                return;
            }

            var answer = await _forwarder.ForwardAsync(RequestOf(exchange.RequestHeaders, body));
            _metrics.Count(answer is null ? EventOutcome.Failed : answer.Status is >= 200 and < 300 ? EventOutcome.Accepted : EventOutcome.Rejected);
            await (answer is null ? SdkErrors.EventsUnavailable(exchange) : Write(exchange, answer));
        }
        finally
        {
            _budget.Leave(reserved);
        }
    }

    private Task Refuse(Exchange exchange)
    {
        _metrics.Count(EventOutcome.Refused);
        return _shedder.Refuse(exchange);
    }

    /// <summary>Reads the body, as far as there is memory for it.</summary>
    private async Task<(byte[]? Body, bool IsRefused)> ReadAsync(Exchange exchange, Func<long, bool> reserve)
    {
        var reader = exchange.RequestBody;
        while (true)
        {
            var result = await RequestBody.ReadNextAsync(reader);
            var isTooLarge = result.Buffer.Length > _options.MaxBodyBytes;
            if (isTooLarge || !reserve(result.Buffer.Length))
            {
                reader.AdvanceTo(result.Buffer.End);
                return (null, !isTooLarge);
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return (body, false);
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static EventRequest RequestOf(IHeaderDictionary headers, byte[] body) => new(headers[SdkHeaders.EnvironmentKey].ToString(), body)
    {
        ContentType = TextOf(headers.ContentType.ToString()),
        ContentEncoding = TextOf(headers.ContentEncoding.ToString()),
        SdkUserAgent = TextOf(headers[SdkHeaders.SdkUserAgent].ToString()),
        UserAgent = TextOf(headers.UserAgent.ToString()),
    };

    /// <summary>A value that can be sent; others are left out.</summary>
    private static string? TextOf(string? value) => string.IsNullOrEmpty(value) || !Ascii.IsValid(value) ? null : value;

    private static Task Write(Exchange exchange, EventAnswer answer)
    {
        if (TextOf(answer.RetryAfter) is { } retryAfter)
        {
            exchange.ResponseHeaders.RetryAfter = retryAfter;
        }

        if (answer.Body.Length == 0)
        {
            return ResponseWriter.WriteNothing(exchange, answer.Status);
        }

        return ResponseWriter.WriteText(exchange, answer.Status, answer.Body, TextOf(answer.ContentType) ?? "application/octet-stream");
    }
}
