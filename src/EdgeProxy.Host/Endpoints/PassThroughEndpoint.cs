using System.Buffers;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Http.Traits;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Endpoints;

/// <summary>A route whose requests the API answers (docs/spec/traits.md 1.4): the client waits for it.</summary>
internal abstract class PassThroughEndpoint : BodyEndpoint
{
    private const int MaxAtOnce = 64;

    private readonly IPassThrough _api;
    private readonly TraitForwardingOptions _options;
    private readonly LoadShedder _shedder;
    private int _running;

    /// <param name="api">Passes requests through.</param>
    /// <param name="options">The options of trait forwarding, without which nothing is passed through.</param>
    /// <param name="shedder">Limits how many bodies are waited for.</param>
    /// <param name="maxBodyBytes">The largest body.</param>
    protected PassThroughEndpoint(IPassThrough api, TraitForwardingOptions options, LoadShedder shedder, int maxBodyBytes)
        : base(shedder, maxBodyBytes)
    {
        _api = api;
        _options = options;
        _shedder = shedder;
    }

    /// <summary>The path at the API, after <c>api_url</c>.</summary>
    protected abstract string ApiPath { get; }

    /// <summary>Indicates whether the API has this route.</summary>
    protected virtual bool IsAvailable => true;

    /// <inheritdoc/>
    protected sealed override Task AnswerBody(Exchange exchange, KeyBinding binding, in ReadOnlySequence<byte> body)
    {
        var environment = binding.Environment;
        if (!_options.IsEnabled || environment.IsOffline)
        {
            return TraitAnswers.NotForwarded(exchange, environment.IsOffline);
        }

        if (!IsAvailable)
        {
            return TraitAnswers.BulkNotForwarded(exchange);
        }

        if (environment.Current is null)
        {
            return SdkErrors.NotLoaded(exchange);
        }

        var key = exchange.RequestHeaders[SdkHeaders.EnvironmentKey].ToString();
        var request = new PassThroughRequest(exchange.Method, ApiPath, key, RequestLabels.Of(exchange.RequestHeaders), body.ToArray());
        return PassAsync(exchange, request);
    }

    private async Task PassAsync(Exchange exchange, PassThroughRequest request)
    {
        if (Interlocked.Increment(ref _running) > MaxAtOnce)
        {
            Interlocked.Decrement(ref _running);
            await _shedder.Refuse(exchange);
            return;
        }

        PassThroughAnswer? answer;
        try
        {
            answer = await _api.SendAsync(request);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }

        if (answer is null)
        {
            await TraitAnswers.ApiDidNotAnswer(exchange);
            return;
        }

        if (answer.RetryAfter.Length > 0)
        {
            exchange.ResponseHeaders.RetryAfter = answer.RetryAfter;
        }

        await (answer.Body.Length == 0
            ? ResponseWriter.WriteNothing(exchange, answer.Status)
            : ResponseWriter.WriteText(exchange, answer.Status, answer.Body, answer.ContentType));
    }
}
