using System.IO.Pipelines;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Streams;

/// <content>Writes, which do not wait for clients.</content>
internal sealed partial class StreamWorker
{
    private void Send(EventStream stream, StreamEvent streamEvent, long now)
    {
        Write(stream, stream.Feed!.Render(streamEvent), now);
        (stream.Sent, stream.SentAt, stream.Pending) = (streamEvent, now, null);
        stream.Environment.Metrics.Streams.Written(stream.Format.Kind);
    }

    /// <summary>Writes bytes at once: one chunk of HTTP/1.1, one frame of HTTP/2.</summary>
    private void Write(EventStream stream, byte[] bytes, long now)
    {
        stream.HeartbeatAt = _clock.After(now, stream.Format.Timing.Heartbeat, Jitter);
        try
        {
            Follow(stream, stream.Output.WriteAsync(bytes, CancellationToken.None), now);
        }
        catch (Exception exception)
        {
            LogFailedWrite(stream, exception);
            End(stream, StreamEnd.Failed);
        }
    }

    /// <summary>Takes note of a write, which has most likely finished.</summary>
    private void Follow(EventStream stream, ValueTask<FlushResult> write, long now)
    {
        try
        {
            if (!write.IsCompleted)
            {
                stream.WriteEndsAt = now + _clock.Ticks(stream.Format.Timing.WriteTimeout);
                _ = FinishAsync(stream, write);
            }
            else if (write.GetAwaiter().GetResult().IsCompleted)
            {
                End(stream, StreamEnd.Client);
            }
        }
        catch (Exception exception)
        {
            LogFailedWrite(stream, exception);
            End(stream, StreamEnd.Failed);
        }
    }

    private async Task FinishAsync(EventStream stream, ValueTask<FlushResult> write)
    {
        var isConnected = false;
        try
        {
            isConnected = !(await write).IsCompleted;
        }
        catch (Exception exception)
        {
            LogFailedWrite(stream, exception);
        }

        Thread.Post(new StreamMessage(StreamMessageKind.Written, stream, Flag: isConnected));
    }

    private void Written(EventStream stream, bool isConnected)
    {
        if (stream.IsEnded)
        {
            return;
        }

        stream.WriteEndsAt = EventStream.Never;
        if (isConnected)
        {
            Schedule(stream);
        }
        else
        {
            End(stream, StreamEnd.Client);
        }
    }

    private void LogFailedWrite(EventStream stream, Exception exception)
    {
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            var environment = EnvironmentLabel.Of(stream.Environment);
            Log.WriteFailed(_logger, exception, environment);
        }
    }
}
