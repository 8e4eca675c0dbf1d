using EdgeProxy.Engine.Rendering.Deflate;

namespace EdgeProxy.Engine.Tests.Rendering.Deflate;

public sealed class Crc32ArithmeticTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(5, 255)]
    [InlineData(5, 256)]
    [InlineData(0, 70_000)]
    [InlineData(100_000, 17_000_000)]
    public void Append_TwoTexts_AsOfBoth(int length, int otherLength)
    {
        var text = new byte[length + otherLength];
        new Random(length).NextBytes(text);
        var whole = Crc32Arithmetic.Of(text);
        var first = Crc32Arithmetic.Of(text.AsSpan(0, length));

        Assert.Equal(whole, Crc32Arithmetic.Append(first, Crc32Arithmetic.Of(text.AsSpan(length)), otherLength));
        Assert.Equal(whole, Crc32Arithmetic.Append(0, 0, whole, text.Length));
        Assert.Equal(whole, Crc32Arithmetic.Append(first, first, whole, otherLength));
        if (otherLength == 1)
        {
            Assert.Equal(whole, Crc32Arithmetic.Append(first, text[^1]));
        }
    }

    [Fact]
    public void Append_PartOfAnother_AsIfItWereAlone()
    {
        var crc = Crc32Arithmetic.Append(Crc32Arithmetic.Of("ab"u8), Crc32Arithmetic.Of("xyz"u8), Crc32Arithmetic.Of("xyzcd"u8), 2);

        Assert.Equal(Crc32Arithmetic.Of("abcd"u8), crc);
    }
}
