using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EdgeProxy.Comparison.Servers;

/// <summary>A server that was started to be measured, on a core of its own.</summary>
internal sealed class ServerProcess : IMeasuredServer, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Stopwatch _sinceStart;

    private ServerProcess(string name, Process process, Uri address, Stopwatch sinceStart)
    {
        Name = name;
        _process = process;
        Address = address;
        _sinceStart = sinceStart;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Uri Address { get; }

    /// <inheritdoc/>
    public TimeSpan? ProcessorTime => ProcessAccounting.ProcessorTime(_process.Id);

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The memory it has, in bytes: what the system keeps for it in RAM.</summary>
    public long ResidentBytes => ProcessAccounting.ResidentBytes(_process.Id);

    /// <summary>The time from starting the process to the first response.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="assembly">The program.</param>
    /// <param name="port">The port to listen on.</param>
    /// <param name="ready">The request to repeat until the response is 200.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">Something else listens there, or it does not answer.</exception>
    public static Task<ServerProcess> StartAsync(string name, string assembly, int port, HttpQuestion ready, params string[] arguments) =>
        StartCommandAsync(name, ["dotnet", assembly, .. arguments], port, ready);

    /// <summary>Starts one by a command and waits until it answers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="port">The port to listen on.</param>
    /// <param name="ready">The request to repeat until the response is 200.</param>
    /// <exception cref="InvalidOperationException">Something else listens there, or it does not answer.</exception>
    public static async Task<ServerProcess> StartCommandAsync(string name, IEnumerable<string> command, int port, HttpQuestion ready)
    {
        RequireFree(port);
        var start = new ProcessStartInfo("taskset") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", Cores.Server, .. command])
        {
            start.ArgumentList.Add(argument);
        }

        var sinceStart = Stopwatch.StartNew();
        var process = Process.Start(start) ?? throw new InvalidOperationException("taskset did not start.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) =>
        {
            if (line.Data is { } text)
            {
                Console.Error.WriteLine(text);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(name, process, new Uri($"{ready.Protocol.Scheme}://127.0.0.1:{port}"), sinceStart);
        await server.WaitAsync(ready);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Checks that nothing listens there already: it would be measured instead.</summary>
    private static void RequireFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new InvalidOperationException($"Port {port} is not free: {exception.Message}", exception);
        }
    }

    private async Task WaitAsync(HttpQuestion ready)
    {
        while (!await ready.IsAnsweredAsync(Address))
        {
            if (_process.HasExited || _sinceStart.Elapsed > Patience)
            {
                throw new InvalidOperationException($"{Name} does not answer {ready.Path}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        StartTime = _sinceStart.Elapsed;
    }
}
