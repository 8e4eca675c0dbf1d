using System.Net;
using System.Net.Sockets;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Fleet.Redis;
using Garnet;
using StackExchange.Redis;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>
/// A server that speaks the protocol of Redis, for all tests of the process: a Garnet server within it, or the one that the
/// environment variable <c>FLEET_REDIS</c> has the address of.
/// </summary>
internal static class StoreServer
{
    private static readonly Lazy<string> Started = new(Start);

    /// <summary>The address, such as <c>redis://127.0.0.1:6379</c>.</summary>
    public static string Address => Started.Value;

    /// <summary>A prefix that no other test uses.</summary>
    public static string NewPrefix() => $"test-{Guid.NewGuid():N}";

    /// <summary>Connects to it.</summary>
    public static RedisFleetStore Connect(string prefix, string? address = null, TimeSpan? timeout = null) =>
        new(new RedisConnection(FleetAddress.Parse(address ?? Address)!, timeout ?? TimeSpan.FromSeconds(5), TimeProvider.System), prefix);

    /// <summary>Opens a connection of our own, as the store does.</summary>
    public static async Task<ConnectionMultiplexer> OpenAsync(string? address = null) =>
        await ConnectionMultiplexer.ConnectAsync(RedisConnection.OptionsOf(FleetAddress.Parse(address ?? Address)!, TimeSpan.FromSeconds(5)));

    /// <summary>Starts another Garnet server.</summary>
    public static GarnetServer StartGarnet(int port, params string[] arguments)
    {
        var server = new GarnetServer(
            ["--bind", "127.0.0.1", "--port", $"{port}", "--lua", "true", "--memory", "64m", "--index", "1m", "--page", "1m", .. arguments], loggerFactory: null);
        server.Start();
        return server;
    }

    /// <summary>A port that is free.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Start()
    {
        if (Environment.GetEnvironmentVariable("FLEET_REDIS") is { Length: > 0 } address)
        {
            return address;
        }

        var port = FreePort();
        StartGarnet(port);
        return $"redis://127.0.0.1:{port}";
    }
}
