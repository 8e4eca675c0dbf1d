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
        StartProxyAsync(name, Programs.Proxy, ready, arguments);

    /// <summary>EdgeProxy, from another place than where it was built.</summary>
    /// <param name="name">The name.</param>
    /// <param name="assembly">The program.</param>
    /// <param name="ready">The request that it must answer before it counts as started.</param>
    /// <param name="arguments">Its arguments, other than where to listen.</param>
    public static Task<ServerProcess> StartProxyAsync(string name, string assembly, HttpQuestion ready, string[] arguments)
    {
        var port = NextPort();
        return ServerProcess.StartAsync(
            name, assembly, port, ready, [.. arguments, "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture)]);
    }

    /// <summary>The bare server, whose answers have so many bytes.</summary>
    public static Task<ServerProcess> StartBareAsync(HttpQuestion ready, int answerBytes)
    {
        var port = NextPort();
        return ServerProcess.StartAsync(
            "bare", Programs.Bare, port, ready, port.ToString(CultureInfo.InvariantCulture), answerBytes.ToString(CultureInfo.InvariantCulture));
    }

    private static int NextPort() => FirstPort + (_started++ % Ports);
}
