using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Values;

public sealed class Md5Tests
{
    [Theory]
    [InlineData("", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("a", "0cc175b9c0f1b6a831c399e269772661")]
    [InlineData("abc", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("message digest", "f96b697d7cb7938d525a2f31aaf161d0")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "57edf4a22be3c955ac49da2e2107b67a")]
    public void Hash_TheVectorsOfTheRfc_Agrees(string message, string digest)
    {
        Assert.Equal(digest, Md5.Hash(Encoding.ASCII.GetBytes(message)).ToString("x32"));
    }

    [Fact]
    public void Hash_AnyLength_AsThePlatformHashes()
    {
        var message = new byte[300];
        new Random(5).NextBytes(message);
        for (var length = 0; length <= message.Length; length++)
        {
            var expected = BinaryPrimitives.ReadUInt128BigEndian(MD5.HashData(message.AsSpan(0, length)));

            Assert.Equal(expected, Md5.Hash(message.AsSpan(0, length)));
        }
    }
}
