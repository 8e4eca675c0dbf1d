using EdgeProxy.Host.Streams;

namespace EdgeProxy.Host.Tests.Streams;

public sealed class StreamLimitTests
{
    [Theory]
    [InlineData(null, 10_000, 5_000)]
    [InlineData(null, 1, 1)]
    [InlineData(7, 10_000, 7)]
    [InlineData(20_000, 10_000, 20_000)] // many may share one connection of HTTP/2
    public void Of_Options_HalfOfTheConnectionsUnlessSet(int? configured, int connections, int expected) =>
        Assert.Equal(expected, StreamLimit.Of(new StreamOptions { MaxStreams = configured }, connections).Maximum);
}
