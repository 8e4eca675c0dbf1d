using System.Net.Sockets;
using System.Text.Json;
using EdgeProxy.Host.Commands.Requests;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Checks the Unix socket for operators' paths, if there is one: is it free, stale or in use, and who may create it.</summary>
internal static class SocketCheck
{
    private const string Name = "listener";
    private const string Setting = "operators.unix_socket";
    private const string AnotherPath = $"set {Setting} to another path";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Runs the check.</summary>
    public static async Task RunAsync(CheckContext context, CheckReport report, CancellationToken cancellationToken)
    {
        if (context.Options.Operators.UnixSocket is not { } path)
        {
            return;
        }

        var directory = Path.GetDirectoryName(path) ?? path;
        var state = UnixSocketFile.StateOf(path);
        switch (state)
        {
            case UnixSocketState.Free or UnixSocketState.Stale when FindProblem(path, directory, state) is { } problem:
                report.Failure(Name, $"{Setting}: {path} cannot be created: {problem}", $"Create the directory for the user that the proxy runs as, or {AnotherPath}");
                break;
            case UnixSocketState.Free:
                report.Ok(Name, $"{Setting}: {path} can be listened on{Whose(directory, "its directory has ")}");
                break;
            case UnixSocketState.Stale:
                report.Ok(Name, $"{Setting}: {path} is a socket that nobody listens on, left by a process that was killed; the start replaces it");
                break;
            case UnixSocketState.InUse when await IsEdgeProxyAsync(context.Options, cancellationToken):
                report.Ok(Name, $"{Setting}: an EdgeProxy listens on {path} already{Whose(path, "")}");
                break;
            case UnixSocketState.InUse:
                report.Failure(Name, $"{Setting}: another program listens on {path}", $"Stop it, or {AnotherPath}");
                break;
            case UnixSocketState.NotPermitted:
                report.Failure(Name, $"{Setting}: this user may not use the socket {path}{Whose(path, "")}", $"Remove it if no process needs it, or {AnotherPath}");
                break;
            default:
                report.Failure(Name, $"{Setting}: {path} exists, and is no socket; the proxy leaves it alone and does not start", $"Remove it, or {AnotherPath}");
                break;
        }
    }

    private static string Whose(string path, string prefix) => LinuxFileStatus.OwnershipOf(path) is { } ownership ? $"; {prefix}{ownership.Describe()}" : "";

    /// <summary>Tests whether the socket can be created; returns the error, null if there is none.</summary>
    private static string? FindProblem(string path, string directory, UnixSocketState state)
    {
        if (!Directory.Exists(directory))
        {
            return $"there is no directory {directory}";
        }

        try
        {
            // Errors of files say more than errors of sockets.
            var probe = Path.Combine(directory, Path.GetRandomFileName());
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            if (state == UnixSocketState.Free)
            {
                using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path)); // disposing removes it
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{FileErrors.DescribeDirectory(directory, exception)}{Whose(directory, "its directory has ")}";
        }
        catch (SocketException exception)
        {
            return $"the system allows no socket there ({exception.Message})";
        }
    }

    /// <summary>Determines whether an EdgeProxy answers at the socket.</summary>
    private static async Task<bool> IsEdgeProxyAsync(ProxyOptions options, CancellationToken cancellationToken)
    {
        var proxy = new LocalProxy(options with { Operators = options.Operators with { Port = null } });
        using var client = proxy.CreateOperatorsClient(Timeout);
        try
        {
            using var response = await client.GetAsync(proxy.OperatorsUrlOf("/proxy/health"), cancellationToken); // 503 while it is not ready
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return answer.RootElement.TryGetProperty("status", out _);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
