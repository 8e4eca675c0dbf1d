using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace EdgeProxy.Host.Testing;

/// <summary>The real program as a process. Killed at the end, if it still runs.</summary>
internal sealed partial class EdgeProxyProcess : IDisposable
{
    // Whoever runs the tests may be behind a proxy, and have a configuration.
    private static readonly string[] NotInherited =
        ["CONFIG_PATH", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy",
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SDK_DISABLED"];

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task _reading;
    private readonly Task<string> _error;

    private EdgeProxyProcess(Process process)
    {
        _process = process;

        // Read all the time: a program whose output nobody takes stands still.
        _reading = ReadAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>The program, to be started with <c>dotnet</c>.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "edge-proxy.dll");

    /// <summary>Starts it.</summary>
    /// <param name="variables">Environment variables in addition to those of the test process.</param>
    /// <param name="arguments">The command line.</param>
    public static EdgeProxyProcess Start((string Name, string Value)[] variables, params string[] arguments) =>
        StartAs("dotnet", [Program, .. arguments], variables);

    /// <summary>Starts it with another working directory; by itself it has one without a <c>config.json</c>.</summary>
    public static EdgeProxyProcess StartIn(string directory, (string Name, string Value)[] variables, params string[] arguments) =>
        StartAs("dotnet", [Program, .. arguments], variables, directory);

    /// <summary>Starts it by way of another program.</summary>
    public static EdgeProxyProcess StartAs(string program, string[] arguments, params (string Name, string Value)[] variables) =>
        StartAs(program, arguments, variables, Path.GetTempPath());

    private static EdgeProxyProcess StartAs(string program, string[] arguments, (string Name, string Value)[] variables, string directory)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        foreach (var name in NotInherited)
        {
            start.Environment.Remove(name);
        }

        start.Environment["SERVER_SHUTDOWN_DELAY_SECONDS"] = "0"; // nobody balances load between these
        start.Environment["LIMITS_MAX_QUEUE_DELAY_SECONDS"] = "0"; // the machine may be busy with other tests
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new EdgeProxyProcess(Process.Start(start)!);
    }

    /// <summary>The next line of its output; null at the end.</summary>
    public async Task<string?> ReadLineAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        return await _lines.Reader.WaitToReadAsync(patience.Token) ? await _lines.Reader.ReadAsync(patience.Token) : null;
    }

    /// <summary>The address it listens on, taken from its output.</summary>
    public async Task<Uri> ReadAddressAsync()
    {
        while (await ReadLineAsync() is { } line)
        {
            if (Address().Match(line) is { Success: true } match)
            {
                return new Uri(match.Value);
            }
        }

        throw new InvalidOperationException($"It ended before it listened: {await _error}");
    }

    /// <summary>The rest of its output, when it has ended.</summary>
    public async Task<string> ReadOutputAsync()
    {
        await _reading.WaitAsync(Patience.Limit, TimeProvider.System);
        var lines = new List<string>();
        while (_lines.Reader.TryRead(out var line))
        {
            lines.Add(line);
        }

        return string.Join('\n', lines);
    }

    /// <summary>Its error stream, when it has ended.</summary>
    public Task<string> ReadErrorAsync() => _error.WaitAsync(Patience.Limit, TimeProvider.System);

    /// <summary>Asks it to end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await ExitAsync();
    }

    /// <summary>Sends it a signal.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it where it stands.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }

    [GeneratedRegex(@"(?<=Listening on )https?://127\.0\.0\.1:\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
