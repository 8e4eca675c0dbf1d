using System.Buffers;
using EdgeProxy.Host.Server.Http2;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Server.Http2;

public sealed class Http2FrameMeterTests
{
    private const int Resets = 10;

    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();
    private static readonly byte[] Reset = RawHttp2Connection.Frame(RawHttp2Connection.ResetStream, 0, 1, [0, 0, 0, 8]);
    private static readonly byte[] Ping = RawHttp2Connection.Frame(RawHttp2Connection.Ping, 0, 0, new byte[8]);
    private static readonly byte[] Request = RawHttp2Connection.Frame(RawHttp2Connection.Headers, 5, 1, new byte[300]);

    private readonly ManualTimeProvider _time = new();
    private readonly Http2FrameMeter _meter;

    public Http2FrameMeterTests()
    {
        _meter = new Http2FrameMeter(Resets, _time);
        Assert.True(Read(Preface));
    }

    public static TheoryData<byte, byte> ControlFrames => new()
    {
        { RawHttp2Connection.Ping, 0 },
        { RawHttp2Connection.Settings, 0 },
        { RawHttp2Connection.Continuation, 0 },
        { RawHttp2Connection.Data, 0 }, // empty, and not the last
        { 2, 0 }, // PRIORITY
        { 8, 0 }, // WINDOW_UPDATE
        { 99, 0 }, // none that there is
    };

    [Fact]
    public void Read_Requests_AsManyAsOneLikes() => Assert.Equal(100_000, CountTaken(Request, 100_000));

    [Fact]
    public void Read_Resets_TwiceASecondsWorthAtOnceThenAtTheirRate()
    {
        Assert.Equal(2 * Resets, CountTaken(Reset, 2 * Resets));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Resets, CountTaken(Reset, 100));
    }

    [Theory]
    [MemberData(nameof(ControlFrames))]
    public void Read_ControlFrames_Bounded(byte type, byte flags) =>
        Assert.Equal(Http2FrameMeter.MaxControlFrames, CountTaken(RawHttp2Connection.Frame(type, flags, 0, []), 100_000));

    [Fact]
    public void Read_WindowUpdatesThatComeWithRequests_AllTaken()
    {
        var updates = RawHttp2Connection.Frame(8, 0, 0, [0, 0, 1, 0]);

        Assert.Equal(100_000, CountTaken([.. Request, .. updates, .. updates, .. Ping, .. updates], 100_000));
    }

    [Fact]
    public void Read_BodyInPieces_Taken()
    {
        Assert.Equal(100_000, CountTaken(RawHttp2Connection.Frame(RawHttp2Connection.Data, 0, 1, new byte[1000]), 100_000));
        Assert.Equal(100_000, CountTaken(RawHttp2Connection.Frame(RawHttp2Connection.Data, RawHttp2Connection.EndStream, 1, []), 100_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10_000)]
    public void Read_CutAnywhere_SameFramesCounted(int piece)
    {
        byte[] bytes = [.. Enumerable.Repeat<byte[]>([.. Request, .. Reset], (2 * Resets) + 1).SelectMany(static frames => frames)];
        var taken = 0;
        while (taken < bytes.Length && Read(bytes.AsMemory(taken, Math.Min(piece, bytes.Length - taken))))
        {
            taken += piece;
        }

        // The head of the last reset is one too many.
        var lastHead = bytes.Length - Reset.Length;
        Assert.InRange(taken, lastHead - piece, lastHead + Reset.Length - 1);
    }

    private int CountTaken(byte[] frames, int attempts)
    {
        for (var i = 0; i < attempts; i++)
        {
            if (!Read(frames))
            {
                return i;
            }
        }

        return attempts;
    }

    private bool Read(ReadOnlyMemory<byte> bytes) => _meter.Read(new ReadOnlySequence<byte>(bytes));
}
