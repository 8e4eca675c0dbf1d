using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Values;

public sealed class Md5LanesTests
{
    private readonly byte[] _messages = new byte[Md5Lanes.Count * Md5Lanes.Stride];
    private readonly UInt128[] _digests = new UInt128[Md5Lanes.Count];
    private readonly Random _random = new(11);

    [Fact]
    public void Hash_EveryLengthInEveryLane_AsThePlatformHashes()
    {
        // Lengths that are next to each other, so that lanes need different numbers of blocks.
        for (var first = 0; first <= Md5Lanes.MaxBytes - Md5Lanes.Count + 1; first++)
        {
            Check([.. Enumerable.Range(first, Md5Lanes.Count)]);
        }
    }

    [Fact]
    public void Hash_AnyNumberOfMessagesOfAnyLength_AsThePlatformHashes()
    {
        for (var count = 0; count <= Md5Lanes.Count; count++)
        {
            for (var i = 0; i < 20; i++)
            {
                Check([.. Enumerable.Range(0, count).Select(_ => _random.Next(Md5Lanes.MaxBytes + 1))]);
            }
        }
    }

    private void Check(int[] lengths)
    {
        _random.NextBytes(_messages); // what is left of messages before
        Array.Clear(_digests);
        var expected = lengths
            .Select((length, lane) => BinaryPrimitives.ReadUInt128BigEndian(MD5.HashData(_messages.AsSpan(lane * Md5Lanes.Stride, length))))
            .Concat(Enumerable.Repeat(UInt128.Zero, Md5Lanes.Count - lengths.Length))
            .ToArray();

        Md5Lanes.Hash(_messages, lengths, _digests);

        Assert.Equal(expected, _digests);
    }
}
