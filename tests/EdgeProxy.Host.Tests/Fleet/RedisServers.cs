using System.Diagnostics;
using EdgeProxy.Host.Testing;
using StackExchange.Redis;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>Real <c>redis-server</c> processes of one test; killed at its end.</summary>
internal sealed class RedisServers : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Dictionary<int, Process> _processes = [];

    /// <summary>Indicates whether there is such a program.</summary>
    public static bool IsThere =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static directory => File.Exists(Path.Combine(directory, "redis-server")));

    /// <summary>Starts a server without persistence, and waits for it.</summary>
    /// <param name="arguments">Further arguments.</param>
    /// <returns>Its port.</returns>
    public Task<int> StartAsync(params string[] arguments)
    {
        var port = StoreServer.FreePort();
        return StartAsync(port, ["--save", "", "--appendonly", "no", "--dir", _directory.Path, .. arguments]);
    }

    /// <summary>Starts a Sentinel that watches a master, which it replaces after a second.</summary>
    public async Task<int> StartSentinelAsync(string name, int master)
    {
        var port = StoreServer.FreePort();
        var file = _directory.Combine("sentinel.conf");
        await File.WriteAllTextAsync(file, $"""
            dir {_directory.Path}
            sentinel monitor {name} 127.0.0.1 {master} 1
            sentinel down-after-milliseconds {name} 1000
            sentinel failover-timeout {name} 3000

            """);
        return await StartAsync(port, [file, "--sentinel"]);
    }

    /// <summary>Kills a server.</summary>
    public void Kill(int port)
    {
        _processes[port].Kill();
        _processes[port].WaitForExit();
    }

    /// <summary>Halts a server, or lets it go on: it keeps its connections, and answers nothing meanwhile.</summary>
    public void Signal(int port, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_processes[port].Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Connects to one server, whatever its part is.</summary>
    public static Task<ConnectionMultiplexer> ConnectAsync(int port, string? password = null) => ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
    {
        EndPoints = { { "127.0.0.1", port } },
        AllowAdmin = true,
        Password = password,
        TieBreaker = "",
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in _processes.Values)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _directory.Dispose();
    }

    private async Task<int> StartAsync(int port, string[] arguments)
    {
        // A configuration file comes first.
        string[] own = ["--bind", "127.0.0.1", "--port", $"{port}", "--logfile", _directory.Combine($"{port}.log")];
        string[] all = arguments[0].StartsWith('-') ? [.. own, .. arguments] : [arguments[0], .. own, .. arguments[1..]];
        _processes[port] = Process.Start(new ProcessStartInfo("redis-server", all) { UseShellExecute = false })!;
        await Patience.UntilAsync(
            async () =>
            {
                using var client = new System.Net.Sockets.TcpClient();
                try
                {
                    await client.ConnectAsync("127.0.0.1", port);
                    return true;
                }
                catch (System.Net.Sockets.SocketException)
                {
                    return false;
                }
            },
            $"redis-server on {port}");
        return port;
    }
}
