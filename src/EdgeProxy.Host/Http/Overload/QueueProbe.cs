using System.Net;
using System.Net.Sockets;

namespace EdgeProxy.Host.Http.Overload;

/// <summary>
/// Measures how long what arrives waits until a thread comes to it: a socket that sends itself something. It waits among
/// the connections of one of the threads that answer, so it waits as long as a request does.
/// </summary>
internal sealed class QueueProbe : IDisposable
{
    private const long Nowhere = -1;
    private const int MaxMillisecondsToSend = 10;

    // What is not back by then may be lost; another makes good for it.
    private static readonly TimeSpan SendAgain = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly SocketAsyncEventArgs _receive = new(true);
    private readonly byte[] _message = new byte[1];
    private long _sentAt = Nowhere;
    private long _lastWait;

    /// <exception cref="SocketException">There is no loopback interface for it.</exception>
    public QueueProbe(TimeProvider time)
    {
        _time = time;
        _receive.SetBuffer(new byte[1]);
        _socket.SendTimeout = MaxMillisecondsToSend;
        _receive.Completed += OnReceived;
        try
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _socket.Connect(_socket.LocalEndPoint!); // to itself: nobody else can send there
            Receive();
        }
        catch (SocketException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How long what arrived last had waited, or how long what has not arrived waits already, whichever is longer.</summary>
    public TimeSpan Delay
    {
        get
        {
            var waited = _time.GetElapsedTime(0, Volatile.Read(ref _lastWait));
            var waits = Age(Volatile.Read(ref _sentAt));
            return waits > waited ? waits : waited;
        }
    }

    /// <summary>Whether what was sent has not arrived yet.</summary>
    public bool IsUnderWay => Volatile.Read(ref _sentAt) != Nowhere;

    /// <summary>Sends something, unless something is on its way.</summary>
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
            // So many wait already that there is no room; they tell enough.
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
