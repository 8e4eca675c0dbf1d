using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Traits;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Traits;

/// <summary>Passes requests through to the API, with the key of the client and no other (docs/spec/traits.md 1.4).</summary>
internal sealed partial class PassThrough : IPassThrough
{
    private const string EdgeApiHost = "edge.api.flagsmith.com";

    private readonly UpstreamSender _sender;
    private readonly UpstreamOptions _options;
    private readonly EnvironmentRegistry _registry;
    private readonly ILogger<PassThrough> _logger;
    private readonly LogThrottle _failures;
    private int _isFailing;

    public PassThrough(UpstreamSender sender, UpstreamOptions options, EnvironmentRegistry registry, TimeProvider time, ILogger<PassThrough> logger)
    {
        _sender = sender;
        _options = options;
        _registry = registry;
        _logger = logger;
        _failures = new LogThrottle(time);
    }

    /// <inheritdoc/>
    public bool IsEdgeApi =>
        _options.ApiUrl.Host.Equals(EdgeApiHost, StringComparison.OrdinalIgnoreCase)
        || _options.ApiUrl.Host.EndsWith($".{EdgeApiHost}", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public Task<PassThroughAnswer?> SendAsync(PassThroughRequest request) => UpstreamThreads.RunAsync(() => TrySendAsync(request));

    private async Task<PassThroughAnswer?> TrySendAsync(PassThroughRequest request)
    {
        var url = _options.UrlOf(request.Path);
        var message = new UpstreamRequest(new HttpMethod(request.Method), url)
        {
            Headers = LabelHeaders.Of(request.Key, request.Labels),
            Body = request.Body,
            FollowsRedirects = false,
        };
        try
        {
            // Not cancelled when the client goes: the API may be half done.
            var answer = await _sender.SendAsync(message, ReadAsync, CancellationToken.None);
            if (Interlocked.Exchange(ref _isFailing, 0) == 1)
            {
                _failures.Reset();
                Log.Recovered(_logger);
            }

            return answer;
        }
        catch (UpstreamException exception)
        {
            Volatile.Write(ref _isFailing, 1);
            var level = _failures.ShouldLog() ? LogLevel.Warning : LogLevel.Debug;
            if (_logger.IsEnabled(level))
            {
                var (shownUrl, environment) = (UpstreamUrl.Show(url), EnvironmentLabel.Of(_registry, request.Key));
                Log.Failed(_logger, level, request.Method, shownUrl, environment, exception.Message);
            }

            return null;
        }
    }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="UpstreamException">It is a redirect, or too long.</exception>
    private static async Task<PassThroughAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            throw new UpstreamException($"returned HTTP {status}; redirects are not followed");
        }

        var body = await AnswerBody.ReadAsync(response.Content, cancellationToken)
            ?? throw new UpstreamException($"the answer has more than {AnswerBody.MaxBytes} bytes");
        return new PassThroughAnswer(status, response.Content.Headers.ContentType?.ToString() ?? "", response.Headers.RetryAfter?.ToString() ?? "", body);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = EventIds.PassThroughFailed,
            Message = "Trait forwarding: {Method} {Url} for the environment {Environment}: {Reason}; the client gets 502. Check whether the API answers, and api_url")]
        public static partial void Failed(ILogger logger, LogLevel level, string method, string url, EnvironmentLabel environment, string reason);

        [LoggerMessage(EventIds.PassThroughRecovered, LogLevel.Information, "Trait forwarding: requests that are passed through to the API are answered again")]
        public static partial void Recovered(ILogger logger);
    }
}
