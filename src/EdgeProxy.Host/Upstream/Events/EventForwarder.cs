using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Events;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Events;

/// <summary>Passes events on to the service that takes them (docs/spec/analytics.md 3).</summary>
internal sealed partial class EventForwarder : IEventForwarder
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly UpstreamSender _sender;
    private readonly EnvironmentRegistry _registry;
    private readonly Uri _url;
    private readonly string _shownUrl;
    private readonly ILogger<EventForwarder> _logger;
    private readonly LogThrottle _failures;
    private int _isFailing;

    public EventForwarder(UpstreamSender sender, EventsOptions options, EnvironmentRegistry registry, TimeProvider time, ILogger<EventForwarder> logger)
    {
        _sender = sender;
        _registry = registry;
        _url = new Uri($"{options.ApiUrl?.AbsoluteUri.TrimEnd('/')}/v1/events");
        _shownUrl = UpstreamUrl.Show(_url);
        _logger = logger;
        _failures = new LogThrottle(time);
    }

    /// <inheritdoc/>
    public Task<EventAnswer?> ForwardAsync(EventRequest request) => UpstreamThreads.RunAsync(() => TrySendAsync(request));

    private async Task<EventAnswer?> TrySendAsync(EventRequest request)
    {
        try
        {
            // Not cancelled when the client goes: a page that is closed sends its last events and does not wait.
            var answer = await _sender.SendAsync(MessageOf(request), ReadAsync, CancellationToken.None);
            if (Interlocked.Exchange(ref _isFailing, 0) == 1)
            {
                _failures.Reset();
                Log.Recovered(_logger, _shownUrl);
            }

            return answer;
        }
        catch (UpstreamException exception)
        {
            Volatile.Write(ref _isFailing, 1);
            var level = _failures.ShouldLog() ? LogLevel.Warning : LogLevel.Debug;
            if (_logger.IsEnabled(level))
            {
                var environment = EnvironmentLabel.Of(_registry, request.Key);
                Log.Failed(_logger, level, _shownUrl, environment, exception.Message);
            }
        }
        catch (Exception exception)
        {
            // Catches everything: the client gets an answer that makes it try again.
            Log.Unexpected(_logger, exception, EnvironmentLabel.Of(_registry, request.Key));
        }

        return null;
    }

    private UpstreamRequest MessageOf(EventRequest request) => new(HttpMethod.Post, _url)
    {
        Headers =
        [
            (SdkHeaders.EnvironmentKey, request.Key),
            (SdkHeaders.SdkUserAgent, request.SdkUserAgent),
            ("User-Agent", request.SdkUserAgent is null ? request.UserAgent : null),
        ],
        ContentHeaders = [("Content-Type", request.ContentType), ("Content-Encoding", request.ContentEncoding)],
        Body = request.Body,
        Timeout = Timeout,
        FollowsRedirects = false,
    };

    private static async Task<EventAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await AnswerBody.ReadAsync(response.Content, cancellationToken)
            ?? throw new UpstreamException($"the answer has more than {AnswerBody.MaxBytes} bytes");
        return new EventAnswer((int)response.StatusCode, body)
        {
            ContentType = response.Content.Headers.ContentType?.ToString(),
            RetryAfter = response.Headers.RetryAfter?.ToString(),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = EventIds.EventsFailed, Message = "Events: POST {Url} for the environment {Environment}: {Reason}; the SDK gets 503 and sends them again")]
        public static partial void Failed(ILogger logger, LogLevel level, string url, EnvironmentLabel environment, string reason);

        [LoggerMessage(EventIds.EventsRecovered, LogLevel.Information, "Events: POST {Url} is answered again")]
        public static partial void Recovered(ILogger logger, string url);

        [LoggerMessage(EventIds.EventsUnexpected, LogLevel.Error, "Events: unexpected error while passing on events of the environment {Environment}; the SDK gets 503 and sends them again")]
        public static partial void Unexpected(ILogger logger, Exception exception, EnvironmentLabel environment);
    }
}
