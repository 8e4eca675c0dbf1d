using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Closes connections on which nothing arrives. The server's limits are for the headers of a request, from their first byte
/// on, and for idle connections between requests, which is long.
/// </summary>
internal static class SilentConnections
{
    /// <summary>
    /// Limits the time until the first byte on the connections of a listener, at this point of its configuration: before TLS
    /// or behind it.
    /// </summary>
    /// <param name="listen">The listener.</param>
    /// <param name="timeout">The time.</param>
    /// <param name="time">The clock.</param>
    public static void Limit(ListenOptions listen, TimeSpan timeout, TimeProvider time) => listen.Use(next => async connection =>
    {
        if (await IsSpokenOnAsync(connection, timeout, time))
        {
            await next(connection);
        }
    });

    /// <summary>Determines whether anything arrives in time.</summary>
    internal static ValueTask<bool> IsSpokenOnAsync(ConnectionContext connection, TimeSpan timeout, TimeProvider time)
    {
        ValueTask<ReadResult> read;
        try
        {
            read = connection.Transport.Input.ReadAsync();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return new ValueTask<bool>(false); // reset already: a pipe says so at once
        }

        return read.IsCompletedSuccessfully ? new ValueTask<bool>(PutBack(connection.Transport.Input, read.Result)) : WaitAsync(connection, read, timeout, time);
    }

    private static async ValueTask<bool> WaitAsync(ConnectionContext connection, ValueTask<ReadResult> read, TimeSpan timeout, TimeProvider time)
    {
        var input = connection.Transport.Input;
        await using var limit = time.CreateTimer(Cancel, input, timeout, Timeout.InfiniteTimeSpan);

        // A stopping server waits for its connections; this one has nothing to finish.
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        await using var registration = stopping.UnsafeRegister(Cancel, input);
        try
        {
            return PutBack(input, await read);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return false; // reset by the client, or aborted
        }
    }

    private static void Cancel(object? input) => ((PipeReader)input!).CancelPendingRead();

    /// <summary>Leaves the bytes that were read for the next reader.</summary>
    /// <returns>True if there is anything to read.</returns>
    private static bool PutBack(PipeReader input, ReadResult result)
    {
        input.AdvanceTo(result.Buffer.Start);
        return !result.Buffer.IsEmpty;
    }
}
