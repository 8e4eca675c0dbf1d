using System.Text;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Http.Tls;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Logging.ServerLog;

/// <summary>No client can fill the log: whatever it sends, what the server says of it is at debug level.</summary>
public sealed class ServerLoggerTests
{
    private const string Post = "POST /api/v1/identities/ HTTP/1.1\r\nHost: x\r\nX-Environment-Key: demo\r\n";

    [Theory]
    [InlineData("NOT HTTP AT ALL\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX: \u00ff\0\r\n\r\n")]
    [InlineData(Post + "Content-Length: many\r\n\r\n")]
    [InlineData(Post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData(Post + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\n")]
    [InlineData(Post + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}xyz\r\n")]
    [InlineData(Post + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: \u00ff\0\r\n\r\n")]
    [InlineData(Post + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nno colon\r\n\r\n")]
    [InlineData("GET /api/v1/flags/ HTTP/1.1\r\nHost: x\r\nX-Environment-Key: demo\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: \u00ff\0\r\n\r\n")]
    [InlineData("POST /api/v1/identities/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: \u00ff\0\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0")]
    public async Task Log_OfWhatIsMalformed_NothingAboveDebug(string request)
    {
        await using var proxy = await StartAsync(new ProxyOptions());

        await AssertQuietAsync(proxy, proxy.Address, Encoding.Latin1.GetBytes(request));
    }

    [Theory]
    [InlineData(Post + "Content-Length: 100\r\n\r\n{")]
    [InlineData(Post + "Transfer-Encoding: chunked\r\n\r\n5\r\n{")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{")]
    [InlineData("GET / HTTP/1.1\r\nHo")]
    public async Task Log_OfWhatBreaksOff_NothingAboveDebug(string request)
    {
        await using var proxy = await StartAsync(new ProxyOptions());

        await AssertQuietAsync(proxy, proxy.Address, Encoding.Latin1.GetBytes(request), isToTheEnd: false);
    }

    [Fact]
    public async Task Log_OfWhatIsNotHttp2_NothingAboveDebug()
    {
        await using var proxy = await StartAsync(new ProxyOptions { Server = new ServerOptions { Http2CleartextPort = 0 } });
        var preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();
        byte[] settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
        byte[] dataOfNoStream = [0, 0, 1, 0, 0, 0, 0, 0, 1, 0];
        byte[] headersThatAreNone = [0, 0, 1, 1, 5, 0, 0, 0, 1, 0x80];

        await AssertQuietAsync(proxy, proxy.LastAddress, "NOT HTTP AT ALL, AND LONGER THAN A PREFACE\r\n\r\n"u8.ToArray());
        await AssertQuietAsync(proxy, proxy.LastAddress, [.. preface, .. dataOfNoStream]);
        await AssertQuietAsync(proxy, proxy.LastAddress, [.. preface, .. settings, .. dataOfNoStream]);
        await AssertQuietAsync(proxy, proxy.LastAddress, [.. preface, .. settings, .. headersThatAreNone]);
    }

    [Fact]
    public async Task Log_OfWhatIsNotTls_NothingAboveDebug()
    {
        using var files = new CertificateFiles();
        files.Write(TestCertificate.Create());
        await using var proxy = await StartAsync(new ProxyOptions { Tls = files.Options });

        await AssertQuietAsync(proxy, proxy.Address, "GET / HTTP/1.1\r\nHost: test\r\n\r\n"u8.ToArray());
    }

    [Fact]
    public async Task Log_DrainingFails_ThereAtDebugLevel()
    {
        await using var proxy = await StartAsync(new ProxyOptions());

        await AssertQuietAsync(
            proxy, proxy.Address, Encoding.Latin1.GetBytes($"{Post}Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\nX: \u00ff\0\r\n\r\n"));

        Assert.Contains(proxy.Log.Entries, static entry => entry.Message.Contains("automatic draining", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_MoreConnectionsThanThereMayBe_OnceAMinute()
    {
        await using var proxy = await StartAsync(new ProxyOptions { Limits = new ServerLimitOptions { MaxConnections = 1 } });
        await using var first = await RawConnection.OpenAsync(proxy.Address);
        Assert.Equal(200, (await first.GetAsync("/api/v1/flags/", "demo")).Status);

        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAnyAsync<IOException>(async () =>
            {
                await using var another = await RawConnection.OpenAsync(proxy.Address);
                await another.ReadResponseAsync();
            });
        }

        var rejection = Assert.Single(proxy.Log.Entries, static entry => entry.EventId == EventIds.ConnectionRejected);
        Assert.Equal(LogLevel.Warning, rejection.Level);
        Assert.Contains("limit of 1 connections", rejection.Message, StringComparison.Ordinal);
    }

    private static async Task<TestProxy> StartAsync(ProxyOptions options)
    {
        var proxy = await TestProxy.StartAsync(options with { Demo = true }, new ManualTimeProvider());
        await proxy.WaitUntilLoadedAsync();
        return proxy;
    }

    /// <summary>Sends something, and waits until the server has ended the connection, or is gone itself.</summary>
    private static async Task AssertQuietAsync(TestProxy proxy, Uri address, byte[] sent, bool isToTheEnd = true)
    {
        await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.EnvironmentPublished);
        var before = proxy.Log.Entries.Count;
        await using (var connection = await RawConnection.OpenAsync(address))
        {
            await connection.SendAsync(sent);
            if (isToTheEnd)
            {
                await connection.ReadToTheEndAsync();
            }
        }

        await Patience.UntilAsync(
            () => proxy.Log.Entries.Skip(before).Any(static entry => entry.Message.EndsWith("\" stopped.", StringComparison.Ordinal)), "the end of the connection");
        Assert.DoesNotContain(proxy.Log.Entries.Skip(before), static entry => entry.Level > LogLevel.Debug);
    }
}
