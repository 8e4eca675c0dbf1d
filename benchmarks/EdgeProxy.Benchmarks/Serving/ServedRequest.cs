using System.Text.Json;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Traits;
using EdgeProxy.Workloads;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Benchmarks.Serving;

/// <summary>A request to the whole SDK application, answered over and over: all of the way but the server's own part.</summary>
internal sealed class ServedRequest
{
    private const string ServerSideKey = "ser." + IdentityRequests.EnvironmentKey;

    private readonly SdkApplication _application;
    private readonly RequestRecorder _recorder;
    private static readonly TimeSpan BackgroundPatience = TimeSpan.FromSeconds(30);

    private readonly Exchange _exchange;
    private readonly InMemoryRequest _request;
    private readonly InMemoryResponse _response = new();

    /// <param name="shape">The environment.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="query">The query with its question mark, or nothing.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="acceptsGzip">True if the answer may be compressed.</param>
    /// <param name="traits">The options of trait forwarding; null for none.</param>
    public ServedRequest(
        EnvironmentShape shape, string method, string path, string query = "", byte[]? body = null, bool acceptsGzip = false, TraitForwardingOptions? traits = null)
    {
        var options = new ProxyOptions { EnvironmentKeyPairs = [new(ServerSideKey, IdentityRequests.EnvironmentKey)], Traits = traits ?? new() };
        var services = ProxyApplication.Build(options, [], TimeProvider.System, static _ => { }).Services;
        services.GetRequiredService<EnvironmentRegistry>().Environments[0].Publish(
            new PublishedEnvironment(Subjects.Environments.Document(shape), Subjects.Environments.Snapshot(shape), DateTimeOffset.UnixEpoch));
        Services = services;
        _application = services.GetRequiredService<SdkApplication>();
        _recorder = services.GetRequiredService<RequestRecorder>();

        _request = new InMemoryRequest(method, path, query, body ?? []);
        _request.Headers["X-Environment-Key"] = ServerSideKey;
        if (acceptsGzip)
        {
            _request.Headers.AcceptEncoding = "gzip";
        }

        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(_request);
        features.Set<IRequestBodyPipeFeature>(_request);
        features.Set<IHttpRequestLifetimeFeature>(_request);
        features.Set<IHttpResponseFeature>(_response);
        features.Set<IHttpResponseBodyFeature>(_response);
        _exchange = _application.CreateContext(features);
        Check(acceptsGzip);
    }

    /// <summary>The parts of the proxy.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The same request of a client that has the answer already: 304 from now on.</summary>
    /// <exception cref="InvalidOperationException">The answer is another one.</exception>
    public ServedRequest Known()
    {
        _request.Headers.IfNoneMatch = _response.Headers.ETag;
        if (!Answer().IsCompletedSuccessfully || _response.StatusCode != 304 || _response.Written.Length != 0)
        {
            throw new InvalidOperationException($"The answer is {_response.StatusCode}, {_response.Written.Length} bytes.");
        }

        return this;
    }

    /// <summary>Answers it.</summary>
    public Task Answer()
    {
        _response.Forget();
        var route = _application.Route(_exchange);
        _recorder.Begin(_exchange);
        var task = _application.Process(_exchange, route); // not by way of the thread pool, as one in 512 of a connection alone is
        _recorder.End(_exchange);
        return task;
    }

    /// <summary>Answers it without counting and timing it.</summary>
    public Task AnswerUnrecorded()
    {
        _response.Forget();
        return _application.Process(_exchange, _application.Route(_exchange));
    }

    /// <summary>Counts and times it without answering it.</summary>
    public void Record()
    {
        _recorder.Begin(_exchange);
        _recorder.End(_exchange);
    }

    /// <summary>Checks that the measured response is the intended one.</summary>
    private void Check(bool isCompressed)
    {
        // What is large is compressed in the background, and goes out as it is until then.
        // The first answers may be made on another thread; only one at a time may use the exchange.
        SpinWait.SpinUntil(
            () =>
            {
                var answer = Answer();
                var isInline = answer.IsCompletedSuccessfully;
                answer.Wait(BackgroundPatience);
                return isInline && isCompressed == (_response.Headers.ContentEncoding == "gzip");
            },
            BackgroundPatience);
        if (!Answer().IsCompletedSuccessfully
            || _response.StatusCode != 200
            || _response.Headers.ContentLength != _response.Written.Length
            || isCompressed != (_response.Headers.ContentEncoding == "gzip"))
        {
            throw new InvalidOperationException($"The answer is {_response.StatusCode}, {_response.Written.Length} bytes, '{_response.Headers.ContentEncoding}'.");
        }

        if (!isCompressed)
        {
            JsonDocument.Parse(_response.Written.ToArray()).Dispose();
        }
    }
}
