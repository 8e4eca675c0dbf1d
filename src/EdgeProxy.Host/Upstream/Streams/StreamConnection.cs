using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>
/// Opens a stream and reads its events until it ends, for whatever cause: no exception leaves this class.
/// </summary>
internal sealed class StreamConnection
{
    /// <summary>The maximum time between two bytes: three of the comments that services send every 15 seconds.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(45);

    /// <summary>The age from which on a stream was of use, even if it delivered no event.</summary>
    public static readonly TimeSpan UsefulAge = TimeSpan.FromSeconds(10);

    private static readonly MediaTypeWithQualityHeaderValue EventStream = new("text/event-stream");
    private static readonly CacheControlHeaderValue NoCache = new() { NoCache = true };

    private readonly HttpClient _client;
    private readonly UpstreamSender _sender;
    private readonly TimeSpan _connectTimeout;
    private readonly TimeProvider _time;

    public StreamConnection(HttpClient client, UpstreamSender sender, UpstreamOptions options, TimeProvider time)
    {
        _client = client;
        _sender = sender;
        _connectTimeout = options.ApiPollTimeout;
        _time = time;
    }

    /// <summary>Opens a stream, and reads it to its end.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="opened">Called when the stream is open.</param>
    /// <param name="received">Called for each event; returns false for one of another kind.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async Task<UpstreamStreamEnd> RunAsync(Uri url, Action opened, Func<SseItem<StreamedChange>, bool> received, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(MaxSilence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        var (openedAt, hasEvents) = ((long?)null, false);
        SseParser<StreamedChange>? parser = null;
        UpstreamStreamEnd end;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Accept = { EventStream }, CacheControl = NoCache } };
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (StreamRefusal.Of(response, _sender.RetryAfterOf(response)) is { } refusal)
            {
                return refusal;
            }

            openedAt = _time.GetTimestamp();
            opened();
            await using var content = await response.Content.ReadAsStreamAsync(either.Token);
            await using var bounded = new BoundedEventStream(content, () => silence.CancelAfter(MaxSilence));
            parser = SseParser.Create(bounded, StreamedChange.Read);
            await foreach (var item in parser.EnumerateAsync(either.Token))
            {
                hasEvents |= received(item);
            }

            end = new UpstreamStreamEnd(UpstreamStreamEndCause.Ended, Message: null);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return UpstreamStreamEnd.Cancelled;
        }
        catch (Exception exception)
        {
            end = EndOf(exception, url, silence.IsCancellationRequested);
        }

        return end with
        {
            WasUseful = hasEvents || (openedAt is { } at && _time.GetElapsedTime(at) >= UsefulAge),
            Retry = parser is { ReconnectionInterval: var retry } && retry >= TimeSpan.Zero ? retry : null,
        };
    }

    private UpstreamStreamEnd EndOf(Exception exception, Uri url, bool wasSilent) => exception switch
    {
        EventTooLongException => new UpstreamStreamEnd(UpstreamStreamEndCause.TooLong, exception.Message),
        OperationCanceledException when wasSilent => new UpstreamStreamEnd(UpstreamStreamEndCause.Silent, $"sent nothing for {MaxSilence.TotalSeconds} s"),
        OperationCanceledException => new UpstreamStreamEnd(UpstreamStreamEndCause.Failed, $"could not be connected to within {_connectTimeout.TotalSeconds} s"),
        HttpRequestException failed => new UpstreamStreamEnd(UpstreamStreamEndCause.Failed, ConnectionFailure.Of(failed, url, "realtime.url").Message),
        IOException => new UpstreamStreamEnd(UpstreamStreamEndCause.Failed, "the connection broke off"),
        _ => new UpstreamStreamEnd(UpstreamStreamEndCause.Failed, "unexpected error, see the log") { Unexpected = exception },
    };
}
