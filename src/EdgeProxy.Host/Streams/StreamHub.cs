using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Streams;

/// <summary>
/// The open event streams of all kinds. A stream is the answer of a request that does not end: its head and first bytes are
/// written where the request is served, everything else by one thread (<see cref="StreamWorker"/>). A stream has no thread
/// and no timer of its own.
/// </summary>
internal sealed partial class StreamHub : IDisposable
{
    private const string ContentType = "text/event-stream";

    // How long a connection of HTTP/1.1 is kept, on average, so that streams spread over new instances behind a balancer of
    // connections; a new one may cost a TLS handshake.
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);
    private static readonly StringValues NoBuffering = "no";

    private readonly StreamWorker _worker;
    private readonly StreamBrake _brake;
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<StreamHub> _logger;
    private readonly LogThrottle _rejections;
    private readonly int _maximum;
    private int _open;

    public StreamHub(
        StreamLimit limit,
        StreamBrake brake,
        EnvironmentRegistry registry,
        EnvironmentPublisher publisher,
        ShutdownPhase shutdown,
        IHostApplicationLifetime application,
        ServerMetrics metrics,
        TimeProvider time,
        ILogger<StreamHub> logger)
    {
        _maximum = limit.Maximum;
        _brake = brake;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _rejections = new LogThrottle(time);
        _worker = new StreamWorker(registry, metrics, time, () => Interlocked.Decrement(ref _open), logger);
        publisher.ContentPublished += (_, published) => Post(new StreamMessage(StreamMessageKind.Published, Environment: published.Environment));
        registry.Changed += (_, _) => Post(new StreamMessage(StreamMessageKind.EnvironmentsChanged));
        shutdown.Closing += (_, _) => Drain(shutdown.ClosingTime);
        application.ApplicationStopping.Register(() => Drain(TimeSpan.Zero));
    }

    /// <summary>The number of open streams.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Answers a request with a stream, or rejects it if there are too many.</summary>
    /// <param name="exchange">The request. The connection is the stream's until the task completes.</param>
    /// <param name="environment">The environment whose changes are sent.</param>
    /// <param name="format">The kind of stream.</param>
    public Task OpenAsync(Exchange exchange, EnvironmentState environment, StreamFormat format)
    {
        if (exchange.CanHaveBody)
        {
            // Nobody would read it, and the server would keep what it receives for as long as the stream lasts.
            exchange.AskToReconnect();
            return SdkErrors.BadRequest(exchange, StatusCodes.Status400BadRequest);
        }

        if (Interlocked.Increment(ref _open) > _maximum)
        {
            Interlocked.Decrement(ref _open);
            return RejectAsync(exchange);
        }

        exchange.Ready = _time.GetTimestamp();
        var stream = new EventStream(exchange, environment, format);
        try
        {
            Begin(exchange, stream);
        }
        catch
        {
            Interlocked.Decrement(ref _open); // nothing else ends a stream that did not begin
            throw;
        }

        stream.Registration = exchange.Aborted.UnsafeRegister(
            static (state, _) =>
            {
                var (worker, stream) = ((StreamWorker, EventStream))state!;
                worker.Thread.Post(new StreamMessage(StreamMessageKind.Disconnected, stream));
            },
            (_worker, stream));
        _worker.Thread.Post(new StreamMessage(StreamMessageKind.Opened, stream));
        return stream.Ended;
    }

    /// <inheritdoc/>
    public void Dispose() => _worker.Dispose();

    /// <summary>Writes the head of the answer and the first bytes, which fit in the connection's buffer.</summary>
    private void Begin(Exchange exchange, EventStream stream)
    {
        var (format, timing) = (stream.Format, stream.Format.Timing);
        // The change first: it is set after the version, so a change that is missed here is seen by the worker.
        var latestChange = stream.Environment.LatestChange;
        var document = stream.Environment.Current?.Document;
        stream.OpenedAt = document?.Version;
        stream.ChangeAtOpening = latestChange;
        stream.LastEventId = LastEventId.Of(exchange);
        if (document is not null)
        {
            stream.Pending = format.OnConnect(
                stream.Environment, stream.LastEventId, latestChange is not null ? _time.GetElapsedTime(latestChange.Timestamp) : null);
        }

        exchange.StatusCode = StatusCodes.Status200OK;
        var headers = exchange.ResponseHeaders;
        headers.ContentType = ContentType;
        headers.CacheControl = format.CacheControl;
        headers["X-Accel-Buffering"] = NoBuffering;
        if (timing.MaxAge > TimeSpan.Zero && Random.Shared.NextDouble() < timing.MaxAge / ConnectionLife)
        {
            exchange.AskToReconnect();
        }

        exchange.Start();
        var write = exchange.ResponseBody.WriteAsync(
            format.Opening(StreamClock.Between(timing.MinRetry, timing.MaxRetry), stream.Pending is null ? stream.OpenedAt : null), CancellationToken.None);
        stream.FirstWrite = write.IsCompletedSuccessfully ? null : write.AsTask();
    }

    private Task RejectAsync(Exchange exchange)
    {
        _metrics.StreamRejected();
        if (_rejections.ShouldLog())
        {
            Log.Rejected(_logger, _maximum);
        }

        return _brake.AnswerAsync(exchange, SdkErrors.TooManyStreams);
    }

    private void Drain(TimeSpan left) => _worker.Thread.Post(new StreamMessage(StreamMessageKind.Drain, Time: left));

    /// <summary>Without streams, nothing has to be said, and the thread need not be started.</summary>
    private void Post(in StreamMessage message)
    {
        if (Open > 0)
        {
            _worker.Thread.Post(message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.StreamRejected, LogLevel.Warning,
            "The limit of {Limit} event streams is reached; further ones get 503. Raise limits.max_streams and limits.max_connections, or add instances")]
        public static partial void Rejected(ILogger logger, int limit);
    }
}
