using System.Net;
using System.Net.Sockets;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>
/// One case on a connection of its own. Behind it comes a last question, which asks to close the connection as well: so good
/// requests have an end, and what others leave of the connection shows. What took the last question for a part of itself
/// waits for more; the client then closes its side. It cannot always do that at once: Kestrel takes it for leaving.
/// </summary>
internal static class Conversation
{
    // Longer than anything takes, on the busiest machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // After so long without a byte, the proxy waits for the client.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(25);

    // Long enough for the proxy to look at what came before.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>The last request. The response is 200, without a body.</summary>
    public static byte[] LastQuestion { get; } = "GET /proxy/health/liveness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray();

    /// <summary>Has it.</summary>
    public static async Task<Transcript> RunAsync(EndPoint proxy, RequestCase @case, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(proxy, patience.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return new Transcript([], ConversationEnd.Refused);
        }

        var sending = SendAsync(socket, @case, patience.Token);
        if (@case.IsReset)
        {
            await sending;
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            return new Transcript([], ConversationEnd.Left);
        }

        var transcript = await ReceiveAsync(socket, sending, waitsForAll: @case.IsWellFormed, patience.Token);
        await sending;
        return transcript;
    }

    private static async Task SendAsync(Socket socket, RequestCase @case, CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < @case.Pieces.Count; i++)
            {
                if (i > 0)
                {
                    await Task.Delay(Pause, TimeProvider.System, cancellationToken);
                }

                await socket.SendAsync(@case.Pieces[i], cancellationToken);
            }

            if (!@case.IsReset)
            {
                await socket.SendAsync(LastQuestion, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The proxy had enough of it; what it said is being read.
        }
    }

    private static async Task<Transcript> ReceiveAsync(Socket socket, Task sending, bool waitsForAll, CancellationToken cancellationToken)
    {
        using var received = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var end = ConversationEnd.Closed;
        try
        {
            while (true)
            {
                var receiving = socket.ReceiveAsync(buffer, cancellationToken).AsTask();
                if (!waitsForAll && end == ConversationEnd.Closed && await IsSilentAsync(receiving, sending, cancellationToken))
                {
                    end = ConversationEnd.GivenUp;
                    socket.Shutdown(SocketShutdown.Send);
                }

                var count = await receiving;
                if (count == 0)
                {
                    return new Transcript(received.ToArray(), end);
                }

                received.Write(buffer.AsSpan(0, count));
            }
        }
        catch (SocketException)
        {
            return new Transcript(received.ToArray(), ConversationEnd.Reset);
        }
        catch (OperationCanceledException)
        {
            return new Transcript(received.ToArray(), ConversationEnd.BudgetExceeded);
        }
    }

    private static async Task<bool> IsSilentAsync(Task receiving, Task sending, CancellationToken cancellationToken)
    {
        await Task.WhenAny(receiving, sending);
        return !receiving.IsCompleted
            && await Task.WhenAny(receiving, Task.Delay(Silence, TimeProvider.System, cancellationToken)) != receiving;
    }
}
