using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeProxy.Host.Http;

/// <summary>
/// One request and its answer, straight on the server's own features: no <see cref="HttpContext"/> stands between, and
/// nothing is made for a request. Made once for a connection, or for a stream that the server uses again.
/// </summary>
internal sealed class Exchange
{
    private const string Chunked = "chunked";

    private static int _connections;

    private readonly IHttpRequestFeature _request;
    private readonly IHttpResponseFeature _response;
    private readonly IHttpResponseBodyFeature _responseBody;
    private readonly IRequestBodyPipeFeature _requestBody;
    private readonly IHttpRequestLifetimeFeature _lifetime;
    private readonly IHttpConnectionFeature? _connection;
    private EnvironmentState? _environment;

    /// <param name="features">The server's. It hands out the same objects for as long as the collection lives.</param>
    public Exchange(IFeatureCollection features)
    {
        _request = features.GetRequiredFeature<IHttpRequestFeature>();
        _response = features.GetRequiredFeature<IHttpResponseFeature>();
        _responseBody = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _requestBody = features.GetRequiredFeature<IRequestBodyPipeFeature>();
        _lifetime = features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        _connection = features.Get<IHttpConnectionFeature>();
        Listener = features.Get<MetricsPort>() is not null ? ListenerKind.Metrics
            : features.Get<OperatorsListener>() is not null ? ListenerKind.Operators
            : ListenerKind.Main;
    }

    /// <summary>The number of the connection, or of the stream; no other has it.</summary>
    public int Connection { get; } = Interlocked.Increment(ref _connections);

    /// <summary>The listener that the connection came in by.</summary>
    public ListenerKind Listener { get; }

    /// <summary>The endpoint that the path leads to.</summary>
    public EndpointDefinition Route { get; set; } = EndpointDefinition.None;

    /// <summary>The endpoint that the request is counted for: the one of its path, unless it is a preflight.</summary>
    public EndpointDefinition Endpoint { get; set; } = EndpointDefinition.None;

    /// <summary>The environment that the key opened; null before that, and if there is none.</summary>
    public EnvironmentState? Environment
    {
        get => _environment;
        set
        {
            _environment = value;
            LatestEnvironment = value ?? LatestEnvironment;
        }
    }

    /// <summary>The environment of the latest request of this connection that had one.</summary>
    public EnvironmentState? LatestEnvironment { get; private set; }

    /// <summary>When a request of this connection was turned away last; null if none was.</summary>
    public long? RefusedAt { get; set; }

    /// <summary>Whether the request had to wait for something, so that the time it took says nothing of what it cost.</summary>
    public bool HasWaited { get; set; }

    /// <summary>
    /// Whether the latest evaluation on this connection took long: then the next one is not tried on the thread that serves
    /// the connection.
    /// </summary>
    public bool IsExpensive { get; set; }

    /// <summary>The timestamp of its beginning.</summary>
    public long Started { get; set; }

    /// <summary>Its span; null if it is not traced.</summary>
    public Activity? Span { get; set; }

    /// <summary>Where the connection comes from; null where that is not known.</summary>
    public IPAddress? RemoteAddress => _connection?.RemoteIpAddress;

    /// <summary>The version of HTTP, such as <c>HTTP/1.1</c>.</summary>
    public string Protocol => _request.Protocol;

    /// <summary>The method.</summary>
    public string Method => _request.Method;

    /// <summary>The request target as it came.</summary>
    public string RawTarget => _request.RawTarget;

    /// <summary>The query with its question mark; empty if there is none.</summary>
    public string QueryString => _request.QueryString;

    /// <summary>The headers that came.</summary>
    public IHeaderDictionary RequestHeaders => _request.Headers;

    /// <summary>The body that came.</summary>
    public PipeReader RequestBody => _requestBody.Reader;

    /// <summary>Ends when the client is gone.</summary>
    public CancellationToken Aborted => _lifetime.RequestAborted;

    /// <summary>The status of the answer.</summary>
    public int StatusCode
    {
        get => _response.StatusCode;
        set => _response.StatusCode = value;
    }

    /// <summary>The headers of the answer.</summary>
    public IHeaderDictionary ResponseHeaders => _response.Headers;

    /// <summary>Takes the body of the answer.</summary>
    public PipeWriter ResponseBody => _responseBody.Writer;

    /// <summary>Whether it is too late to answer otherwise.</summary>
    public bool HasStarted => _response.HasStarted;

    /// <summary>
    /// Writes the head of the answer, so that the body goes straight behind it; without this the server keeps the body
    /// aside until it knows the head.
    /// </summary>
    /// <remarks>Nothing here is done when an answer starts, so this is done when it returns; and if it were not, the body would be kept aside.</remarks>
    public void Start() => _ = _responseBody.StartAsync(CancellationToken.None);

    /// <summary>
    /// Makes this the last answer of the connection, and says so. With HTTP/2, where many share a connection, the server
    /// says that when it stops.
    /// </summary>
    public void AskToReconnect()
    {
        if (!HttpProtocol.IsHttp2(Protocol))
        {
            ResponseHeaders.Connection = SdkHeaders.Close;
        }
    }

    /// <summary>
    /// Whether the body is framed by anything but <c>chunked</c> alone. Kestrel takes <c>identity, chunked</c>, and an
    /// intermediary that reads it otherwise would see another request in the body (RFC 9112, 6.1).
    /// </summary>
    public bool HasAmbiguousFraming =>
        RequestHeaders.TransferEncoding is { Count: > 0 } coding
        && !(coding.Count == 1 && string.Equals(coding[0], Chunked, StringComparison.OrdinalIgnoreCase));

    /// <summary>Breaks the connection off.</summary>
    public void Abort() => _lifetime.Abort();
}
