using System.Buffers;
using EdgeProxy.Engine.Buffers;

namespace EdgeProxy.Engine.Tests.Buffers;

public sealed class PooledListTests
{
    private const int MaxPooledBytes = 8 * 1024 * 1024;

    [Fact]
    public void Add_MoreThanExpected_AllThere()
    {
        using var list = new PooledList<int>(1);
        int[] expected = [.. Enumerable.Range(0, 5000)];

        foreach (var item in expected[..2000])
        {
            list.Add(item);
        }

        list.AddRange(expected.AsSpan(2000, 1000));
        list.Write(expected.AsSpan(3000));

        Assert.Equal(expected, list.ToArray());
        Assert.Equal(expected, list.Items.ToArray());
    }

    [Fact]
    public void Truncate_SomeTaken_TheFirstStay()
    {
        using var list = new PooledList<byte>(0);
        list.AddRange("abc"u8);

        list.Truncate(1);
        list.AddRange("d"u8);

        Assert.Equal("ad"u8.ToArray(), list.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Truncate(3));
    }

    [Fact]
    public void Dispose_Twice_GivesItsArrayBackOnce()
    {
        var list = new PooledList<long>(1 << 12);
        list.Add(1);

        list.Dispose();
        list.Dispose();

        Assert.NotSame(ArrayPool<long>.Shared.Rent(1 << 12), ArrayPool<long>.Shared.Rent(1 << 12));
        Assert.Equal(0, list.Count);
        Assert.Empty(list.ToArray());
    }

    [Theory]
    [InlineData(100, 100, 100)]
    [InlineData(100, 10, 10)]
    [InlineData(2 * MaxPooledBytes, (2 * MaxPooledBytes) - 100, 2 * MaxPooledBytes)]
    [InlineData(2 * MaxPooledBytes, 1000, 1000)]
    public void TakeArray_AnyLength_CopiedOnlyIfMuchIsUnused(int capacity, int count, int expectedLength)
    {
        using var list = new PooledList<byte>(capacity);
        list.GetSpan(count)[..count].Fill(7);
        list.Advance(count);

        var array = list.TakeArray();

        Assert.Equal(expectedLength, array.Length);
        Assert.False(array.AsSpan(0, count).ContainsAnyExcept((byte)7));
        Assert.Equal(0, list.Count);
        list.Add(1);
        Assert.Equal(1, Assert.Single(list.ToArray()));
    }

    [Fact]
    public void Add_BeyondWhatIsPooled_AllThere()
    {
        using var list = new PooledList<byte>(0);
        for (var i = 0; list.Count < 3 * MaxPooledBytes; i++)
        {
            var piece = list.GetSpan(100_000)[..100_000];
            piece.Fill((byte)i);
            list.Advance(piece.Length);
        }

        var array = list.TakeArray();

        for (var i = 0; i < 3 * MaxPooledBytes / 100_000; i++)
        {
            Assert.False(array.AsSpan(i * 100_000, 100_000).ContainsAnyExcept((byte)i));
        }
    }
}
