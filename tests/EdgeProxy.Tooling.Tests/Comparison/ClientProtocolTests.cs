using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class ClientProtocolTests
{
    private static readonly int[] Streams = [1, 100];

    [Theory]
    [InlineData("tls", "HTTP/1.1, TLS 1.3")]
    [InlineData("http2", "HTTP/2, 1 stream|HTTP/2, 100 streams")]
    [InlineData("http2-tls", "HTTP/2, TLS 1.3, 1 stream|HTTP/2, TLS 1.3, 100 streams")]
    public void Named_Protocol_OnceForEachNumberOfStreams(string name, string expected) =>
        Assert.Equal(expected, string.Join('|', ClientProtocol.Named(name, Streams).Select(static protocol => protocol.Name)));

    [Fact]
    public void Named_AnythingElse_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => ClientProtocol.Named("spdy", Streams));

    [Theory]
    [InlineData(1, 16)]
    [InlineData(4, 4)]
    [InlineData(100, 1)]
    public void ConnectionsFor_Streams_AsManyRequestsUnderWay(int streams, int connections) =>
        Assert.Equal(connections, new ClientProtocol { IsHttp2 = true, Streams = streams }.ConnectionsFor(16));

    [Fact]
    public void Speak_EachProtocol_OptionsOfH2Load()
    {
        Assert.Equal("--h1", Assert.Single(H2Load.Speak(ClientProtocol.Plain)));
        Assert.Equal("--h1", Assert.Single(H2Load.Speak(new ClientProtocol { HasTls = true })));
        Assert.Equal("--npn-list=h2 --no-tls-proto=h2c -m100", string.Join(' ', H2Load.Speak(new ClientProtocol { IsHttp2 = true, Streams = 100 })));
    }
}
