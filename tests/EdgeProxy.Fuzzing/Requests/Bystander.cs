using System.Net;
using System.Net.Sockets;
using EdgeProxy.Fuzzing.Responses;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>
/// A client that behaves, on one connection for the whole time: whatever others do, it gets the same bytes as before, and
/// does not wait long for them.
/// </summary>
internal sealed class Bystander : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly string?[] _answers = new string?[RequestCorpus.WellBehaved.Count];

    /// <summary>The number of requests answered.</summary>
    public long Answered { get; private set; }

    /// <summary>The longest wait for an answer.</summary>
    public TimeSpan LongestWait { get; private set; }

    /// <summary>Asks until it is told to stop, or until something is wrong.</summary>
    /// <returns>The problem; null if there is none.</returns>
    public async Task<string?> RunAsync(EndPoint proxy, CancellationToken stop)
    {
        try
        {
            await _socket.ConnectAsync(proxy, CancellationToken.None);
            for (var i = 0; !stop.IsCancellationRequested; i = (i + 1) % _answers.Length)
            {
                var asked = TimeProvider.System.GetTimestamp();
                var answer = await AskAsync(RequestCorpus.WellBehaved[i].Bytes);
                _answers[i] ??= answer;
                if (answer != _answers[i])
                {
                    return $"a bystander got another answer to question {i} than before:\n{answer}";
                }

                Answered++;
                var wait = TimeProvider.System.GetElapsedTime(asked);
                LongestWait = wait > LongestWait ? wait : LongestWait;
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, CancellationToken.None);
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            return $"a bystander waited longer than {Patience.TotalSeconds} s";
        }
        catch (Exception exception) when (exception is SocketException or MalformedResponseException)
        {
            return $"a bystander's connection was disturbed: {exception.Message}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task<string> AskAsync(byte[] question)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(question, patience.Token);
        var received = 0;
        while (true)
        {
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(received), patience.Token);
            if (count == 0)
            {
                throw new MalformedResponseException("the proxy closed it");
            }

            // Cut off means no more than: not all there yet.
            received += count;
            var expectations = new ResponseExpectations(MayLackBodies: false, MayContinue: false, IsPreface: false, MayBeCutOff: true);
            var responses = ResponseParser.ReadAll(_buffer[..received], expectations);
            if (responses.Count > 0)
            {
                return responses.Count == 1 && responses[0].Raw.Length == received
                    ? responses[0].WithoutDate
                    : throw new MalformedResponseException("it got an answer that it did not ask for");
            }
        }
    }
}
