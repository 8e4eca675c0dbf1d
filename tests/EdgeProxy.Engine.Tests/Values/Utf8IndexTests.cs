using System.Text;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Values;

public sealed class Utf8IndexTests
{
    [Fact]
    public void Add_ManyTexts_NumberedInOrderAndFoundAgain()
    {
        var index = new Utf8Index();
        byte[][] texts = [.. Enumerable.Range(0, 10_000).Select(static i => Encoding.UTF8.GetBytes(new string('k', i % 40) + i + (i % 3 == 0 ? "é" : "")))];

        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(-1, index.Find(texts[i]));
            Assert.Equal(i, index.Add(texts[i]));
        }

        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(i, index.Find(texts[i]));
            Assert.Equal(i, index.Add(texts[i]));
            Assert.Equal(texts[i], index[i].ToArray());
        }

        Assert.Equal(texts.Length, index.Count);
    }

    [Fact]
    public void Find_EmptyText_OnlyIfAdded()
    {
        var index = new Utf8Index();
        Assert.Equal(-1, index.Find(default));

        index.Add("a"u8);
        Assert.Equal(-1, index.Find(default));
        Assert.Equal(1, index.Add(default));
        Assert.Equal(1, index.Find(default));
    }

    [Fact]
    public void Add_TextLongerThanAllBefore_FoundAgain()
    {
        var index = new Utf8Index();
        var text = new byte[10_000];
        Array.Fill(text, (byte)'x');

        index.Add("short"u8);
        index.Add(text);
        index.Add("another"u8);

        Assert.Equal(text, index[1].ToArray());
        Assert.Equal(1, index.Find(text));
        Assert.Equal(2, index.Find("another"u8));
    }

    [Fact]
    public void Find_TextsWithTheSameHash_ToldApart()
    {
        var seen = new Dictionary<uint, byte[]>();
        byte[] first, second;
        for (var i = 0; ; i++)
        {
            second = Encoding.UTF8.GetBytes($"user {i}");
            if (!seen.TryAdd(Utf8Index.HashOf(second), second))
            {
                first = seen[Utf8Index.HashOf(second)];
                break;
            }
        }

        var index = new Utf8Index();
        Assert.Equal(0, index.Add(first));
        Assert.Equal(-1, index.Find(second));
        Assert.Equal(1, index.Add(second));
        Assert.Equal(0, index.Find(first));
        Assert.Equal(1, index.Find(second));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(0, 5)]
    [InlineData(3, 3)]
    [InlineData(100, 7)]
    [InlineData(100, 0)]
    public void Trim_AnyNumber_AllFoundAndMoreCanBeAdded(int capacity, int count)
    {
        var index = new Utf8Index(capacity);
        for (var i = 0; i < count; i++)
        {
            index.Add(Encoding.UTF8.GetBytes($"key {i}"));
        }

        index.Trim();

        Assert.Equal(-1, index.Find("another"u8));
        Assert.All(Enumerable.Range(0, count), i => Assert.Equal(i, index.Find(Encoding.UTF8.GetBytes($"key {i}"))));
        Assert.Equal(count, index.Add("another"u8));
        Assert.Equal(count, index.Find("another"u8));
    }
}
