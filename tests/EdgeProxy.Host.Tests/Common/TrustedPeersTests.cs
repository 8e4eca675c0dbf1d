using System.Net;
using EdgeProxy.Host.Common;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Tests.Common;

/// <summary>The client address of a request, determined as uvicorn does.</summary>
public sealed class TrustedPeersTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", "1.2.3.4", "1.2.3.4")]
    [InlineData("127.0.0.1", "127.0.0.1", "", "127.0.0.1")]
    [InlineData("127.0.0.1", "10.0.0.1", "1.2.3.4", "10.0.0.1")] // not believed
    [InlineData("127.0.0.1", "127.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4")] // what a client sent itself counts for nothing
    [InlineData("127.0.0.1 10.0.0.0/8", "10.9.9.9", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4")]
    [InlineData("10.0.0.0/8", "10.9.9.9", "10.0.0.1, 10.0.0.2", "10.0.0.1")] // all of them ours: the first
    [InlineData("*", "203.0.113.9", "1.2.3.4, 5.6.7.8", "1.2.3.4")]
    [InlineData("127.0.0.1", "::ffff:127.0.0.1", "1.2.3.4:5678", "1.2.3.4")]
    [InlineData("::1 fd00::/8", "::1", "2001:db8::1, [fd00::1]:80", "2001:db8::1")]
    [InlineData("127.0.0.1", "127.0.0.1", "1.2.3.4, <script>", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "10.0.0.1", "unknown, 10.0.0.7", "10.0.0.7")]
    [InlineData("127.0.0.1", "127.0.0.1", ",,,", "127.0.0.1")]
    public void ClientOf_PeersAndHeader_TheLastAddressNotTrusted(string trusted, string peer, string header, string expected)
    {
        var peers = TrustedPeers.TryCreate(trusted.Split(' '))!;

        Assert.Equal(IPAddress.Parse(expected), peers.ClientOf(IPAddress.Parse(peer), header));
    }

    [Fact]
    public void ClientOf_HeaderInSeveralLines_ReadAsOne()
    {
        var peers = TrustedPeers.TryCreate(["127.0.0.1", "10.0.0.0/8"])!;

        Assert.Equal(IPAddress.Parse("1.2.3.4"), peers.ClientOf(IPAddress.Loopback, new StringValues(["6.6.6.6, 1.2.3.4", "10.0.0.2", ""])));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("10.0.0.0/33")]
    [InlineData("")]
    public void TryCreate_NeitherAddressNorNetwork_Nothing(string name)
    {
        Assert.Null(TrustedPeers.TryCreate([name]));
    }
}
