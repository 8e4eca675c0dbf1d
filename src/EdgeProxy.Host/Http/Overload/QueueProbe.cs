using System.Net;
using System.Net.Sockets;

namespace EdgeProxy.Host.Http.Overload;

/// <summary>
/// Measures the queue delay with a socket that sends itself a message. The message waits among the connections of one of
/// the threads that serve requests, as long as a request does.
/// </summary>
internal sealed class QueueProbe : IDisposable
{
    private const long Nowhere = -1;
    private const int MaxMillisecondsToSend = 10;

    // A message that has not arrived by then may be lost; another is sent.
    private static readonly TimeSpan SendAgain = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly SocketAsyncEventArgs _receive = new(true);
    private readonly byte[] _message = new byte[1];
    private long _sentAt = Nowhere;
    private long _lastWait;

    /// <exception cref="SocketException">There is no loopback interface.</exception>
    public QueueProbe(TimeProvider time)
    {
        _time = time;
        _receive.SetBuffer(new byte[1]);
        _socket.SendTimeout = MaxMillisecondsToSend;
        _receive.Completed += OnReceived;
        try
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _socket.Connect(_socket.LocalEndPoint!); // to itself: no other process can send to it
            Receive();
        }
        catch (SocketException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// The queue delay of the last probe that arrived, or the time that the current one has been waiting, whichever is
    /// longer.
    /// </summary>
    public TimeSpan Delay
    {
        get
        {
            var waited = _time.GetElapsedTime(0, Volatile.Read(ref _lastWait));
            var waits = Age(Volatile.Read(ref _sentAt));
            return waits > waited ? waits : waited;
        }
    }

    /// <summary>Indicates whether a probe is in flight.</summary>
    public bool IsUnderWay => Volatile.Read(ref _sentAt) != Nowhere;

    /// <summary>Sends a message, unless one is in flight.</summary>
    public void Send()
    {
        var sentAt = Volatile.Read(ref _sentAt);
        if (sentAt != Nowhere && Age(sentAt) < SendAgain)
        {
            return;
        }

        Interlocked.CompareExchange(ref _sentAt, _time.GetTimestamp(), Nowhere);
        try
        {
            _socket.Send(_message);
        }
        catch (SocketException)
        {
            // The buffer is full: those in flight suffice.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _receive.Dispose();
    }

    private void Receive()
    {
        try
        {
            while (!_socket.ReceiveAsync(_receive))
            {
                Note();
            }
        }
        catch (ObjectDisposedException)
        {
            // over
        }
    }

    private void OnReceived(object? sender, SocketAsyncEventArgs received)
    {
        if (received.SocketError is not SocketError.OperationAborted)
        {
            Note();
            Receive();
        }
    }

    private void Note()
    {
        var sentAt = Interlocked.Exchange(ref _sentAt, Nowhere);
        if (sentAt != Nowhere)
        {
            Volatile.Write(ref _lastWait, _time.GetTimestamp() - sentAt);
        }
    }

    private TimeSpan Age(long sentAt) => sentAt == Nowhere ? TimeSpan.Zero : _time.GetElapsedTime(sentAt);
}
