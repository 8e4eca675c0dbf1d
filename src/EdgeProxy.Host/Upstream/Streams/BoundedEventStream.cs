namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>
/// The bytes of a stream of events, on their way to the parser: with limits of lines and of events, which the parser does
/// not have, and with one kind of line end. The parser passes an event that ends with a carriage return only once it sees
/// the next byte, which may be 15 seconds later.
/// </summary>
internal sealed class BoundedEventStream : Stream
{
    /// <summary>The maximum length of a line, and of all lines of an event but comments, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private readonly Stream _inner;
    private readonly Action _received;
    private bool _isAfterReturn;
    private bool _isComment;
    private int _line;
    private int _event;

    /// <param name="inner">The body of the answer.</param>
    /// <param name="received">Called whenever bytes arrive.</param>
    public BoundedEventStream(Stream inner, Action received)
    {
        _inner = inner;
        _received = received;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var read = await _inner.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return 0;
            }

            _received();
            if (Unify(buffer.Span[..read]) is var kept and > 0)
            {
                return kept;
            }
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Makes each line end with one line feed, and counts the bytes of lines and events.</summary>
    /// <returns>The number of bytes left.</returns>
    private int Unify(Span<byte> bytes)
    {
        var kept = 0;
        foreach (var value in bytes)
        {
            if (_isAfterReturn && value == (byte)'\n')
            {
                _isAfterReturn = false;
                continue;
            }

            _isAfterReturn = value == (byte)'\r';
            if (value is (byte)'\r' or (byte)'\n')
            {
                bytes[kept++] = (byte)'\n';
                EndLine();
                continue;
            }

            bytes[kept++] = value;
            Count(value);
        }

        return kept;
    }

    private void EndLine()
    {
        _event = _line == 0 ? 0 : _event;
        _line = 0;
    }

    private void Count(byte value)
    {
        _isComment = _line++ == 0 ? value == (byte)':' : _isComment;
        _event += _isComment ? 0 : 1;
        if (_line > MaxBytes || _event > MaxBytes)
        {
            throw new EventTooLongException($"sent {(_line > MaxBytes ? "a line" : "an event")} of more than {MaxBytes / 1024} KiB");
        }
    }
}
