using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using EdgeProxy.Host.Environments;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeProxy.Host.Http;

/// <summary>
/// A request and its answer, directly on the server's features: without an <see cref="HttpContext"/> and without
/// allocations per request. One object per connection, or per stream that the server reuses.
/// </summary>
internal sealed class Exchange
{
    /// <summary>The value of <see cref="Ready"/> for answers whose end is the end of the work.</summary>
    public const long NotReady = -1;

    private const string Chunked = "chunked";

    private static int _connections;

    private readonly IHttpRequestFeature _request;
    private readonly IHttpResponseFeature _response;
    private readonly IHttpResponseBodyFeature _responseBody;
    private readonly IRequestBodyPipeFeature _requestBody;
    private readonly IHttpRequestLifetimeFeature _lifetime;
    private readonly IHttpConnectionFeature? _connection;
    private readonly IFeatureCollection _features;
    private EnvironmentState? _environment;

    /// <param name="features">The server's features. The collection returns the same objects for as long as it lives.</param>
    public Exchange(IFeatureCollection features)
    {
        _features = features;
        _request = features.GetRequiredFeature<IHttpRequestFeature>();
        _response = features.GetRequiredFeature<IHttpResponseFeature>();
        _responseBody = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _requestBody = features.GetRequiredFeature<IRequestBodyPipeFeature>();
        _lifetime = features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        _connection = features.Get<IHttpConnectionFeature>();
        Listener = features.Get<ListenerFeature>()?.Kind ?? ListenerKind.Main;
    }

    /// <summary>The unique number of the connection, or of the stream.</summary>
    public int Connection { get; } = Interlocked.Increment(ref _connections);

    /// <summary>The listener of the connection.</summary>
    public ListenerKind Listener { get; }

    /// <summary>The endpoint of the path.</summary>
    public EndpointDefinition Route { get; set; } = EndpointDefinition.None;

    /// <summary>The endpoint that the request is counted under: that of its path, unless it is a preflight.</summary>
    public EndpointDefinition Endpoint { get; set; } = EndpointDefinition.None;

    /// <summary>The environment of the key; null before the lookup, and if there is none.</summary>
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

    /// <summary>The time when a request of this connection was last rejected; null if none was.</summary>
    public long? RefusedAt { get; set; }

    /// <summary>Indicates whether the request had to wait for something, so that its duration is not its cost.</summary>
    public bool HasWaited { get; set; }

    /// <summary>
    /// Indicates whether the latest evaluation on this connection took long: then the next one is not tried on the thread
    /// that serves the connection.
    /// </summary>
    public bool IsExpensive { get; set; }

    /// <summary>The revision of the document that the request is answered from; null if it needs none.</summary>
    public string? Revision { get; set; }

    /// <summary>The timestamp of the request's start.</summary>
    public long Started { get; set; }

    /// <summary>
    /// The timestamp when the answer was ready, if its end is not the end of the work: of an event stream, and of an answer
    /// that is delayed on purpose. Otherwise <see cref="NotReady"/>.
    /// </summary>
    public long Ready { get; set; } = NotReady;

    /// <summary>The span; null if the request is not traced.</summary>
    public Activity? Span { get; set; }

    /// <summary>The address of the peer; null if it is not known.</summary>
    public IPAddress? RemoteAddress => _connection?.RemoteIpAddress;

    /// <summary>The version of HTTP, such as <c>HTTP/1.1</c>.</summary>
    public string Protocol => _request.Protocol;

    /// <summary>The method.</summary>
    public string Method => _request.Method;

    /// <summary>The raw request target.</summary>
    public string RawTarget => _request.RawTarget;

    /// <summary>The query with its question mark; empty if there is none.</summary>
    public string QueryString => _request.QueryString;

    /// <summary>The request headers.</summary>
    public IHeaderDictionary RequestHeaders => _request.Headers;

    /// <summary>The request body.</summary>
    public PipeReader RequestBody => _requestBody.Reader;

    /// <summary>Cancelled when the client disconnects.</summary>
    public CancellationToken Aborted => _lifetime.RequestAborted;

    /// <summary>The status of the answer.</summary>
    public int StatusCode
    {
        get => _response.StatusCode;
        set => _response.StatusCode = value;
    }

    /// <summary>The headers of the answer.</summary>
    public IHeaderDictionary ResponseHeaders => _response.Headers;

    /// <summary>The writer of the response body.</summary>
    public PipeWriter ResponseBody => _responseBody.Writer;

    /// <summary>Indicates whether the head was already sent, so that the answer cannot be changed.</summary>
    public bool HasStarted => _response.HasStarted;

    /// <summary>
    /// Sends the head of the answer, so that the body is written directly behind it; without this the server buffers the
    /// body until it knows the head.
    /// </summary>
    /// <remarks>No callbacks run at the start of an answer, so this completes synchronously; if it did not, the body would be buffered.</remarks>
    public void Start() => _ = _responseBody.StartAsync(CancellationToken.None);

    /// <summary>
    /// Closes the connection after this answer, and says so in a header. With HTTP/2, where requests share a connection,
    /// the server does that when it stops.
    /// </summary>
    public void AskToReconnect()
    {
        if (!HttpProtocol.IsHttp2(Protocol))
        {
            ResponseHeaders.Connection = SdkHeaders.Close;
        }
    }

    /// <summary>
    /// Closes the connection after this answer, which has begun already. With HTTP/2, where requests share a connection,
    /// the server does that when it stops.
    /// </summary>
    public void CloseAfterAnswer()
    {
        if (!HttpProtocol.IsHttp2(Protocol))
        {
            _features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }
    }

    /// <summary>
    /// Indicates whether the body is framed by anything but <c>chunked</c> alone. Kestrel accepts <c>identity, chunked</c>,
    /// and an intermediary that reads it otherwise would see another request in the body (RFC 9112, 6.1).
    /// </summary>
    public bool HasAmbiguousFraming =>
        RequestHeaders.TransferEncoding is { Count: > 0 } coding
        && !(coding.Count == 1 && string.Equals(coding[0], Chunked, StringComparison.OrdinalIgnoreCase));

    /// <summary>Indicates whether the request has a body, or may have one.</summary>
    public bool CanHaveBody => _features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;

    /// <summary>Aborts the connection.</summary>
    public void Abort() => _lifetime.Abort();
}
