using System.IO.Pipelines;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Streams;

/// <summary>
/// An open stream: the answer of a request that does not end, and the state of its writes. Everything but
/// <see cref="Ended"/> belongs to the <see cref="StreamWorker"/>.
/// </summary>
internal sealed class EventStream : TimerEntry
{
    /// <summary>The due time of an action that is not scheduled.</summary>
    public const long Never = long.MaxValue;

    private readonly Exchange _exchange;

    // The server goes on with the connection when the request has ended, which must not happen on the thread of all streams.
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EventStream(Exchange exchange, EnvironmentState environment, StreamFormat format)
    {
        _exchange = exchange;
        Output = exchange.ResponseBody;
        Environment = environment;
        Format = format;
    }

    /// <summary>The environment.</summary>
    public EnvironmentState Environment { get; }

    /// <summary>The format.</summary>
    public StreamFormat Format { get; }

    /// <summary>The body of the answer.</summary>
    public PipeWriter Output { get; }

    /// <summary>Completes when the stream has ended: then the server writes the end of the answer.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Indicates whether it has ended.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>The feed; null before the worker knows the stream, and after its end.</summary>
    public StreamFeed? Feed { get; set; }

    /// <summary>The index in the feed.</summary>
    public int Index { get; set; }

    /// <summary>The id of the last event that the client got elsewhere; null if it has none, and when it was evaluated.</summary>
    public string? LastEventId { get; set; }

    /// <summary>The version of the environment that <see cref="Pending"/> was determined with at first; null if none was loaded.</summary>
    public string? OpenedAt { get; set; }

    /// <summary>The latest change of the environment at that time; null if there was none.</summary>
    public ContentChange? ChangeAtOpening { get; set; }

    /// <summary>The event to write; null for none.</summary>
    public StreamEvent? Pending { get; set; }

    /// <summary>The last written event; null for none.</summary>
    public StreamEvent? Sent { get; set; }

    /// <summary>The time to write <see cref="Pending"/>.</summary>
    public long EventAt { get; set; } = Never;

    /// <summary>The time of the last written event.</summary>
    public long SentAt { get; set; } = long.MinValue / 2;

    /// <summary>The time to write <see cref="Sent"/> once more, unless another event is pending.</summary>
    public long RepeatAt { get; set; } = Never;

    /// <summary>The time to write the next comment.</summary>
    public long HeartbeatAt { get; set; } = Never;

    /// <summary>The time to end the stream.</summary>
    public long EndAt { get; set; } = Never;

    /// <summary>The time limit of a write that has not finished; <see cref="Never"/> while there is none.</summary>
    public long WriteEndsAt { get; set; } = Never;

    /// <summary>Indicates whether a write has not finished: the client does not read.</summary>
    public bool IsWriting => WriteEndsAt != Never;

    /// <summary>The write of the first bytes, if it did not finish at once; the worker waits for it.</summary>
    public Task<FlushResult>? FirstWrite { get; set; }

    /// <summary>The registration for the end of the connection.</summary>
    public CancellationTokenRegistration Registration { get; set; }

    /// <summary>Ends the stream.</summary>
    /// <param name="aborts">True to close the connection at once, in the middle of the answer.</param>
    /// <param name="closes">True to close the connection behind the answer.</param>
    public void End(bool aborts, bool closes)
    {
        IsEnded = true;
        Registration.Unregister();
        if (aborts)
        {
            _exchange.Abort();
        }
        else if (closes)
        {
            _exchange.CloseAfterAnswer();
        }

        _ended.SetResult();
    }
}
