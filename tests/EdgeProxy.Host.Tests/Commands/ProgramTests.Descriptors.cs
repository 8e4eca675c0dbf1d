using System.Net;
using System.Net.Sockets;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <content>Limits of open files, as <c>ulimit -n</c> sets them.</content>
public sealed partial class ProgramTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(1024)]
    public async Task Serve_MoreConnectionsThanDescriptors_OthersAreClosedAndItGoesOn(int limit)
    {
        using var program = StartLimited(limit);
        var address = await program.ReadAddressAsync();
        await using var old = await RawConnection.OpenAsync(address);
        Assert.Equal(200, (await old.GetAsync("/proxy/health/liveness", "")).Status);
        var endPoint = new IPEndPoint(IPAddress.Loopback, address.Port);
        var sockets = Enumerable.Range(0, limit + 200).Select(static _ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        var connecting = sockets.Select(socket => socket.ConnectAsync(endPoint)).ToList();

        // Those that are too many are reset at once: the proxy has come to the end of them.
        await Patience.UntilAsync(
            () => connecting.TrueForAll(static task => task.IsCompleted)
                && connecting.Zip(sockets).Any(static pair => pair.First.IsFaulted || pair.Second.Poll(0, SelectMode.SelectRead)),
            "a connection to be rejected");
        Assert.Equal(200, (await old.GetAsync("/proxy/health/liveness", "")).Status);
        sockets.ForEach(static socket => socket.Dispose());

        await Patience.UntilAsync(
            async () =>
            {
                try
                {
                    await using var next = await RawConnection.OpenAsync(address);
                    return (await next.GetAsync("/proxy/health/liveness", "")).Status == 200;
                }
                catch (IOException)
                {
                    return false;
                }
            },
            "a new connection to be accepted");
        Assert.Equal(0, await program.StopAsync());
        var output = await program.ReadOutputAsync();
        Assert.Contains("further connections are closed immediately", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_LimitBelowTheConnections_LoweredWithAWarningThatSaysWhatToRaise()
    {
        using var program = StartLimited(1024);

        var lines = new List<string>();
        while (await program.ReadLineAsync() is { } line && !line.Contains("Listening on", StringComparison.Ordinal))
        {
            lines.Add(line);
        }

        var warning = Assert.Single(lines, static line => line.Contains("[900]", StringComparison.Ordinal));
        Assert.Contains("limits.max_connections is 10000, but only", warning, StringComparison.Ordinal);
        Assert.Contains("may open 1024 files", warning, StringComparison.Ordinal);
        Assert.Contains("Raise the hard limit to at least", warning, StringComparison.Ordinal);
        Assert.Equal(0, await program.StopAsync());
    }

    [Fact]
    public async Task Serve_FarTooFewDescriptors_ExitsWithAPlainWord()
    {
        using var program = StartLimited(64);

        await AssertFailsAsync(program, "Cannot start: the process may open only 64 files and sockets, and needs at least 256.");
    }

    [Fact]
    public async Task Serve_PortInUse_ExitsWithOneLine()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        using var program = EdgeProxyProcess.Start([], "--demo", "--host", "127.0.0.1", "--port", $"{port}");

        var error = await AssertFailsAsync(program, $"Cannot listen on 127.0.0.1 port {port}: ");

        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", await program.ReadOutputAsync(), StringComparison.Ordinal);
    }

    private static EdgeProxyProcess StartLimited(int limit) => EdgeProxyProcess.StartAs(
        "bash", ["-c", $"ulimit -n {limit} && exec dotnet \"$0\" --demo --host 127.0.0.1 --port 0", EdgeProxyProcess.Program]);
}
