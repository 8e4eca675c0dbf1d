using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using EdgeProxy.Host.Commands.Requests;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Binds each address that the proxy would listen on, for a moment.</summary>
internal static class ListenerCheck
{
    private const string Name = "listener";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Runs the check.</summary>
    public static async Task RunAsync(CheckContext context, CheckReport report, CancellationToken cancellationToken)
    {
        var options = context.Options;
        var isRunning = false;
        foreach (var (setting, host, port) in ListenersOf(options))
        {
            var at = options.Server with { Host = host, Port = port };
            try
            {
                await BindAsync(host, port, cancellationToken);
                report.Ok(Name, $"{setting}: {host} port {(port == 0 ? "0, any free one," : $"{port}")} can be listened on");
            }
            catch (SocketException exception)
            {
                // The usual case of a doctor on a machine where the proxy runs already. Its other ports need not answer HTTP.
                var isInUse = exception.SocketErrorCode == SocketError.AddressAlreadyInUse;
                isRunning = isRunning || (isInUse && await IsEdgeProxyAsync(options with { Server = at }, cancellationToken));
                if (isInUse && isRunning)
                {
                    report.Ok(Name, $"{setting}: an EdgeProxy listens on {host} port {port} already");
                }
                else
                {
                    report.Failure(Name, $"{setting}: {ListenFailure.Describe(exception, at)}");
                }
            }
        }
    }

    private static IEnumerable<(string Setting, string Host, int Port)> ListenersOf(ProxyOptions options)
    {
        yield return ("server.port", options.Server.Host, options.Server.Port);
        if (options.Server.Http2CleartextPort is { } http2)
        {
            yield return ("server.http2_cleartext_port", options.Server.Host, http2);
        }

        if (options.Metrics is { Enabled: true, Port: { } metrics })
        {
            yield return ("metrics.port", options.Server.Host, metrics);
        }

        if (options.Operators.Port is { } operators)
        {
            yield return ("operators.port", options.Operators.Host ?? options.Server.Host, operators);
        }
    }

    private static async Task BindAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        foreach (var each in addresses)
        {
            using var socket = new Socket(each.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(each, port));
            socket.Listen();
        }
    }

    /// <summary>Determines whether an EdgeProxy answers at the main listener.</summary>
    private static async Task<bool> IsEdgeProxyAsync(ProxyOptions options, CancellationToken cancellationToken)
    {
        using var client = LocalProxy.CreateClient(Timeout);
        try
        {
            using var answer = JsonDocument.Parse(await client.GetStringAsync(new LocalProxy(options).UrlOf("/"), cancellationToken));
            return answer.RootElement.GetProperty("name").GetString() == "EdgeProxy";
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
