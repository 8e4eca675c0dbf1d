using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Streams;

/// <summary>
/// Delays answers that end a stream before it began: some SDKs reconnect without a pause, hundreds of times a second, for
/// as long as their key is wrong. A waiting request takes no more than an idle connection.
/// </summary>
internal sealed class StreamBrake
{
    /// <summary>The delay.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    // Waiting requests keep connections, as open streams do: both together must leave some for other requests.
    private const int MaxWaiting = 1000;
    private const int StreamsPerWaiting = 2;

    private readonly TimeProvider _time;
    private readonly int _maxWaiting;
    private int _waiting;

    public StreamBrake(StreamLimit limit, TimeProvider time)
    {
        _maxWaiting = Math.Clamp(limit.Maximum / StreamsPerWaiting, 1, MaxWaiting);
        _time = time;
    }

    /// <summary>The number of waiting requests.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Answers a request after the delay, or at once if too many requests wait.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="answer">The answer.</param>
    public async Task AnswerAsync(Exchange exchange, Func<Exchange, Task> answer)
    {
        exchange.Ready = _time.GetTimestamp();
        if (Interlocked.Increment(ref _waiting) <= _maxWaiting)
        {
            await WaitAsync(exchange);
        }

        Interlocked.Decrement(ref _waiting);
        await answer(exchange);
    }

    private async Task WaitAsync(Exchange exchange)
    {
        try
        {
            await Task.Delay(Delay, _time, exchange.Aborted);
        }
        catch (OperationCanceledException)
        {
            // The client disconnected; its place is free.
        }
    }
}
