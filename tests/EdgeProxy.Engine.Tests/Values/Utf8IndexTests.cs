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
