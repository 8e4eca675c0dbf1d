using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Http.Tls;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Server;

public sealed class SilentConnectionsTests
{
    [Fact]
    public async Task Connection_NothingSent_Closed()
    {
        await using var proxy = await StartAsync(TimeSpan.FromSeconds(1));
        await using var spoken = await RawConnection.OpenAsync(proxy.Address);
        Assert.Equal(200, (await spoken.GetAsync("/api/v1/flags/", "demo")).Status);
        await using var silent = await RawConnection.OpenAsync(proxy.Address);

        await silent.ReadToTheEndAsync();

        Assert.Equal(200, (await spoken.GetAsync("/api/v1/flags/", "demo")).Status); // between requests it may be silent for longer
        await Patience.UntilAsync(() => proxy.Services.GetRequiredService<ConnectionCount>().Open == 1, "the silent one to be forgotten");
    }

    [Theory]
    [InlineData("http/1.1")]
    [InlineData("h2")]
    public async Task Connection_NothingSentAfterTheHandshake_Closed(string protocol)
    {
        using var files = new CertificateFiles();
        files.Write(TestCertificate.Create());
        await using var proxy = await StartAsync(TimeSpan.FromSeconds(1), files.Options);
        using var client = new TcpClient();
        await client.ConnectAsync(proxy.Address.Host, proxy.Address.Port);
        await using var silent = new SslStream(client.GetStream());
        await silent.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [new SslApplicationProtocol(protocol)],
#pragma warning disable CA5359 // The certificate is the test's own.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        });

        // Much less than the time that a connection may be idle between requests.
        Assert.Equal(0, await ReadAsync(silent).WaitAsync(TimeSpan.FromSeconds(20)));

        await Patience.UntilAsync(() => proxy.Services.GetRequiredService<ConnectionCount>().Open == 0, "the silent one to be forgotten");
        Assert.DoesNotContain(proxy.Log.Entries, static entry => entry.Level > LogLevel.Warning);
    }

    [Fact]
    public async Task Stop_ConnectionIsSilent_NotWaitedFor()
    {
        await using var proxy = await StartAsync(TimeSpan.FromHours(1));
        await using var silent = await RawConnection.OpenAsync(proxy.Address);
        await Patience.UntilAsync(() => proxy.Services.GetRequiredService<ConnectionCount>().Open == 1, "the connection");

        await proxy.StopAsync().WaitAsync(TimeSpan.FromSeconds(10)); // half of what is waited for requests under way
        await silent.ReadToTheEndAsync();
    }

    [Fact]
    public async Task Connection_ResetBeforeTheFirstByte_NobodyIsAlarmed()
    {
        await using var proxy = await StartAsync(TimeSpan.FromHours(1));
        var count = proxy.Services.GetRequiredService<ConnectionCount>();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(proxy.Address.Host, proxy.Address.Port);
            await Patience.UntilAsync(() => count.Open == 1, "the connection");
            client.LingerState = new LingerOption(enable: true, seconds: 0); // closing it resets it
        }

        await Patience.UntilAsync(() => count.Open == 0, "the connection to be forgotten");
        Assert.DoesNotContain(proxy.Log.Entries, static entry => entry.Level > LogLevel.Information);
    }

    [Fact]
    public async Task Connection_ResetBeforeItIsLookedAt_NobodyIsAlarmed()
    {
        // A pipe that ended with an error throws from the call, not from the task.
        var pipe = new Pipe();
        await pipe.Writer.CompleteAsync(new ConnectionResetException("Connection reset by peer"));
        var connection = new FakeConnection { Transport = new DuplexPipe(pipe.Reader, new Pipe().Writer) };

        Assert.False(await SilentConnections.IsSpokenOnAsync(connection, TimeSpan.FromHours(1), TimeProvider.System));
    }

    /// <summary>Reads until the end; returns 0 for one without a farewell, too.</summary>
    private static async Task<int> ReadAsync(Stream stream)
    {
        try
        {
            // Before that HTTP/2 may send its settings.
            var buffer = new byte[1024];
            int read;
            do
            {
                read = await stream.ReadAsync(buffer);
            }
            while (read > 0);
            return read;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task<TestProxy> StartAsync(TimeSpan timeout, TlsOptions? tls = null)
    {
        var limits = new ServerLimitOptions { FirstByteTimeout = timeout };
        var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Demo = true,
            Limits = limits,
            Tls = tls ?? new TlsOptions(),
            Shutdown = new ShutdownOptions { Timeout = TimeSpan.FromSeconds(20) },
        });
        await proxy.WaitUntilLoadedAsync();
        return proxy;
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
