using System.Globalization;

namespace EdgeProxy.Comparison.Servers;

/// <summary>Starts the servers that are measured, each on a port of its own.</summary>
internal static class MeasuredServers
{
    private const int FirstPort = 18100;
    private const int Ports = 100;

    private static int _started;

    /// <summary>EdgeProxy.</summary>
    /// <param name="name">The name.</param>
    /// <param name="ready">The request that it must answer before it counts as started.</param>
    /// <param name="arguments">Its arguments, other than where to listen.</param>
    public static Task<ServerProcess> StartProxyAsync(string name, HttpQuestion ready, params string[] arguments) =>
        StartCommandAsync(name, ["dotnet", Programs.Proxy, .. arguments], ready);

    /// <summary>EdgeProxy, started by a command that ends with its arguments, other than where to listen.</summary>
    /// <param name="name">The name.</param>
    /// <param name="command">The command.</param>
    /// <param name="ready">The request that it must answer before it counts as started.</param>
    public static Task<ServerProcess> StartCommandAsync(string name, IEnumerable<string> command, HttpQuestion ready)
    {
        var port = NextPort();
        return ServerProcess.StartCommandAsync(
            name, [.. command, "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture)], port, ready);
    }

    /// <summary>EdgeProxy, from another place than where it was built.</summary>
    /// <param name="name">The name.</param>
    /// <param name="assembly">The program.</param>
    /// <param name="ready">The request that it must answer before it counts as started.</param>
    /// <param name="arguments">Its arguments, other than where to listen.</param>
    public static Task<ServerProcess> StartProxyAsync(string name, string assembly, HttpQuestion ready, string[] arguments) =>
        StartCommandAsync(name, ["dotnet", assembly, .. arguments], ready);

    /// <summary>The bare server, whose answers have so many bytes.</summary>
    public static Task<ServerProcess> StartBareAsync(HttpQuestion ready, int answerBytes)
    {
        var port = NextPort();
        return ServerProcess.StartAsync(
            "bare", Programs.Bare, port, ready, port.ToString(CultureInfo.InvariantCulture), answerBytes.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The port for the next server.</summary>
    public static int NextPort() => FirstPort + (_started++ % Ports);
}
