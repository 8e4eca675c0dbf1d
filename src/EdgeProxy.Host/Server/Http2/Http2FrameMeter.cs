using System.Buffers;
using System.Buffers.Binary;

namespace EdgeProxy.Host.Server.Http2;

/// <summary>
/// Meters the frames of an HTTP/2 client that cause work without requesting anything: stream resets (RFC 9113, 5.4.2), and
/// control frames that no request needs. Reads the nine-byte header of each frame and skips the rest.
/// </summary>
internal sealed class Http2FrameMeter
{
    /// <summary>The number of control frames allowed in a burst.</summary>
    public const int MaxControlFrames = 1000;

    /// <summary>The sustained number of control frames allowed per second.</summary>
    public const int ControlFramesPerSecond = 100;

    /// <summary>
    /// The additional control frames allowed for each request: window updates, and the pings that some clients send.
    /// </summary>
    public const int ControlFramesPerRequest = 4;

    private const int PrefaceLength = 24;
    private const int HeadLength = 9;
    private const int TypeAt = 3;
    private const int FlagsAt = 4;
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte ResetStream = 3;
    private const byte EndStream = 1;

    // A body in frames of this size or smaller costs more than it carries.
    private const int TinyPiece = 16;

    private readonly TimeProvider _time;
    private readonly byte[] _head = new byte[HeadLength];
    private TokenBucket _resets;
    private TokenBucket _control;
    private int _inHead;
    private long _toSkip = PrefaceLength;

    /// <param name="resetsPerSecond">The stream resets allowed per second; twice as many in a burst.</param>
    /// <param name="time">The clock.</param>
    public Http2FrameMeter(int resetsPerSecond, TimeProvider time)
    {
        _time = time;
        _resets = new TokenBucket(2 * resetsPerSecond, resetsPerSecond, time);
        _control = new TokenBucket(MaxControlFrames, ControlFramesPerSecond, time);
    }

    /// <summary>Processes received bytes, in order and each once, starting with the client's preface.</summary>
    /// <param name="bytes">The bytes received.</param>
    /// <returns>True if the client is within its limits.</returns>
    public bool Read(ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            if (!Read(segment.Span))
            {
                return false;
            }
        }

        return true;
    }

    private bool Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_toSkip > 0)
            {
                var skipped = (int)Math.Min(_toSkip, bytes.Length);
                _toSkip -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            var taken = Math.Min(HeadLength - _inHead, bytes.Length);
            bytes[..taken].CopyTo(_head.AsSpan(_inHead));
            _inHead += taken;
            bytes = bytes[taken..];
            if (_inHead == HeadLength)
            {
                _inHead = 0;
                var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(_head) >> 8);
                _toSkip = length;
                if (!IsAllowed(_head[TypeAt], _head[FlagsAt], length))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool IsAllowed(byte type, byte flags, int length)
    {
        switch (type)
        {
            case Headers:
                _control.Give(ControlFramesPerRequest);
                return true;
            case Data when length > TinyPiece || (flags & EndStream) != 0:
                return true;
            case ResetStream:
                return _resets.TryTake(_time);
            default:
                return _control.TryTake(_time);
        }
    }
}
