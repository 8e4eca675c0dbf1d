using EdgeProxy.Host.Http.AccessLogging;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>Streams in metrics and in the access log.</summary>
public sealed class StreamRecordTests
{
    [Fact]
    public async Task Stream_Ended_CountedOnceAndItsDurationIsTheTimeToTheFirstByte()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using (await proxy.OpenAsync())
        {
            proxy.Time.Advance(TimeSpan.FromHours(1));
            var open = await Exposition.OfAsync(proxy.Proxy);
            Assert.Equal(1, open.Sum("edgeproxy_streams", ("environment", "Test"), ("kind", "realtime")));
            Assert.Equal(0, open.Sum("edgeproxy_requests_total", ("endpoint", "stream")));
        }

        await Patience.UntilAsync(
            async () => (await Exposition.OfAsync(proxy.Proxy)).Sum("edgeproxy_requests_total", ("endpoint", "stream"), ("environment", "Test"), ("status", "200")) == 1, "the request to be counted");
        var ended = await Exposition.OfAsync(proxy.Proxy);
        Assert.Equal(0, ended.Sum("edgeproxy_streams"));
        Assert.Equal(0, ended.Sum("edgeproxy_request_duration_seconds_sum", ("endpoint", "stream")));
        Assert.Equal(1, ended.Sum("edgeproxy_request_duration_seconds_count", ("endpoint", "stream")));
    }

    [Fact]
    public async Task UnknownKey_WaitOfASecond_NotInTheDuration()
    {
        await using var proxy = await StreamedProxy.StartAsync();
        await using var stream = await RawStream.RequestAsync(proxy.Proxy.Address, "nobody");
        await proxy.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        proxy.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(404, await stream.ReadHeadAsync());

        await Patience.UntilAsync(
            async () => (await Exposition.OfAsync(proxy.Proxy)).Sum("edgeproxy_request_duration_seconds_count", ("endpoint", "stream")) == 1, "the request to be counted");
        Assert.Equal(0, (await Exposition.OfAsync(proxy.Proxy)).Sum("edgeproxy_request_duration_seconds_sum", ("endpoint", "stream")));
    }

    [Fact]
    public async Task AccessLog_Stream_OneLineAtItsEndWithoutTheKey()
    {
        await using var proxy = await StreamedProxy.StartAsync(static options => options with
        {
            AccessLog = new AccessLogOptions { IsEnabled = true },
            Streams = new StreamOptions { MaxRealtimeAge = TimeSpan.Zero },
        });
        await using (await proxy.OpenAsync())
        {
            proxy.Time.Advance(TimeSpan.FromSeconds(90));
            Assert.DoesNotContain(proxy.Proxy.Log.Entries, static entry => entry.EventId == EventIds.Access);
        }

        var line = await proxy.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.Access);
        Assert.StartsWith("127.0.0.1 GET /sse/environments/{key}/stream 200 90000", line.Message, StringComparison.Ordinal);
    }
}
