using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Server.Http2;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Http.Tls;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Server.Http2;

/// <summary>Clients of HTTP/2 that only make work: they are cut off, and leave nothing behind.</summary>
public sealed class Http2FloodTests
{
    private const int MaxConnections = 20;

    private static readonly byte[] Ping = RawHttp2Connection.Frame(RawHttp2Connection.Ping, 0, 0, new byte[8]);
    private static readonly byte[] Settings = RawHttp2Connection.Frame(RawHttp2Connection.Settings, 0, 0, []);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RapidReset_AsManyAsTheServerTakes_NoPlaceIsLostAndNobodyIsAlarmed(bool isTls)
    {
        // No limit on resets, so that the server's queue overflows: a connection whose streams never end is the worst of it.
        await using var server = await StartAsync(isTls, resetsPerSecond: 1_000_000);
        var abandoned = 0;
        for (var i = 0; i < 40 || (abandoned == 0 && i < 150); i++)
        {
            try
            {
                using var connection = await RawHttp2Connection.OpenAsync(server.Address);
                await connection.ResetRapidlyAsync("demo", streams: 1000, waits: false);
            }
            catch (IOException)
            {
                // For the moment all places are taken.
            }

            abandoned = server.Proxy.Log.Entries.Count(static entry => entry.Message.Contains("abandoned", StringComparison.Ordinal));
        }

        await AssertAsAtTheStartAsync(server);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RapidReset_Limited_CutOff(bool isTls)
    {
        await using var server = await StartAsync(isTls);
        using var connection = await RawHttp2Connection.OpenAsync(server.Address);

        Assert.True(await connection.ResetRapidlyAsync("demo", streams: 100_000, waits: true));

        await AssertAsAtTheStartAsync(server);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pings_300_000_CutOff(bool isTls)
    {
        await using var server = await StartAsync(isTls);
        using var connection = await RawHttp2Connection.OpenAsync(server.Address);

        Assert.True(await connection.FloodAsync([.. Enumerable.Repeat(Ping, 100).SelectMany(static ping => ping)], times: 3000));

        await AssertAsAtTheStartAsync(server);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SettingsFrames_Many_CutOff(bool isTls)
    {
        await using var server = await StartAsync(isTls);
        using var connection = await RawHttp2Connection.OpenAsync(server.Address);

        Assert.True(await connection.FloodAsync([.. Enumerable.Repeat(Settings, 100).SelectMany(static settings => settings)], times: 3000));

        await AssertAsAtTheStartAsync(server);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Continuations_WithoutAnEnd_CutOff(bool isTls)
    {
        await using var server = await StartAsync(isTls);
        using var connection = await RawHttp2Connection.OpenAsync(server.Address);
        await connection.SendAsync(RawHttp2Connection.Frame(RawHttp2Connection.Headers, 0, 1, connection.GetFlags("demo")));
        var empty = RawHttp2Connection.Frame(RawHttp2Connection.Continuation, 0, 1, []);

        Assert.True(await connection.FloodAsync([.. Enumerable.Repeat(empty, 100).SelectMany(static frame => frame)], times: 3000));

        await AssertAsAtTheStartAsync(server);
    }

    [Fact]
    public async Task Requests_ManyInARow_NotCutOff()
    {
        await using var server = await StartAsync(isTls: false);
        using var client = new HttpClient { BaseAddress = server.Address };
        for (var i = 0; i < 2 * Http2FrameMeter.MaxControlFrames; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/flags/")
            {
                Version = System.Net.HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            request.Headers.Add("X-Environment-Key", "demo");
            using var answer = await client.SendAsync(request);
            Assert.Equal(200, (int)answer.StatusCode);
        }

        Assert.Equal(1, server.Proxy.Services.GetRequiredService<ConnectionCount>().Open);
    }

    private static async Task AssertAsAtTheStartAsync(FloodedServer server)
    {
        var count = server.Proxy.Services.GetRequiredService<ConnectionCount>();
        await Patience.UntilAsync(() => count.Open == 0, "every place to be free");
        using var handler = new SocketsHttpHandler();
#pragma warning disable CA5359 // The certificate is the test's own.
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri(server.Proxy.Address, "/proxy/health/liveness"));
        Assert.True(answer.IsSuccessStatusCode);
        GC.Collect(); // what was forgotten would be found, and reported as critical by the server's next look
        await server.Proxy.StopAsync();
        Assert.DoesNotContain(server.Proxy.Log.Entries, static entry => entry.Level > LogLevel.Warning);
    }

    private static async Task<FloodedServer> StartAsync(bool isTls, int resetsPerSecond = 100)
    {
        var files = new CertificateFiles();
        files.Write(TestCertificate.Create());
        var limits = new ServerLimitOptions { MaxConnections = MaxConnections, MaxHttp2ResetsPerSecond = resetsPerSecond };
        var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Demo = true,
            Limits = limits,
            Tls = isTls ? files.Options : new TlsOptions(),
            Server = isTls ? new ServerOptions() : new ServerOptions { Http2CleartextPort = 0 },
        });
        await proxy.WaitUntilLoadedAsync();
        var addresses = proxy.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new FloodedServer(proxy, new Uri(addresses.Last()), files);
    }

    private sealed record FloodedServer(TestProxy Proxy, Uri Address, CertificateFiles Files) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Proxy.DisposeAsync();
            Files.Dispose();
        }
    }
}
