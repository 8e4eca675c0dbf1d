using System.Text;
using EdgeProxy.Engine.Tests.Reference;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Values;

/// <summary>The percentage hash (docs/spec/evaluation.md 6).</summary>
public sealed class PercentageHashTests
{
    [Fact]
    public void Of_ManyPairs_AsTheInterpreterSays()
    {
        for (var i = 0; i < 20_000; i++)
        {
            var (owner, subject) = ($"{i % 7}", $"identity é {i}");

            Assert.Equal(ReferenceHash.Of(owner, subject), PercentageHash.Of(Encoding.UTF8.GetBytes(owner), Encoding.UTF8.GetBytes(subject)));
        }
    }

    [Fact]
    public void Of_FirstHashExactlyOneHundred_HashedAgain()
    {
        // One in 9,999 falls on 100 at first; the list of ids is repeated for those.
        var repeated = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var subject = $"{i}";
            if ((uint)(Md5.Hash(Encoding.ASCII.GetBytes($"1,{subject}")) % 9999) == 9998)
            {
                repeated++;
                Assert.Equal(ReferenceHash.Of("1", subject), PercentageHash.Of("1"u8, Encoding.ASCII.GetBytes(subject)));
            }
        }

        Assert.NotEqual(0, repeated);
    }

    [Fact]
    public void Of_SecondHashExactlyOneHundredToo_HashedOnceMore()
    {
        // Found by trying: one subject in a hundred million needs its list of ids three times.
        Assert.Equal(2651.0 / 9998 * 100, PercentageHash.Of("1"u8, "14927794"u8));
        Assert.Equal(ReferenceHash.Of("1", "14927794"), PercentageHash.Of("1"u8, "14927794"u8));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(5000)]
    public void Of_LongSubject_AsTheInterpreterSays(int length)
    {
        var subject = new string('x', length);

        Assert.Equal(ReferenceHash.Of("key", subject), PercentageHash.Of("key"u8, Encoding.ASCII.GetBytes(subject)));
    }
}
