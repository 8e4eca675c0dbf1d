using System.Runtime.InteropServices;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Operations;

/// <summary>
/// Runs the shutdown. On SIGTERM the proxy is immediately not ready, but answers as before, so that load
/// balancers notice before requests fail; in the second half of that delay every answer closes its connection, so that few
/// are left to be aborted; then the server stops, and the rest with it. Ctrl+C does not wait for load balancers. A second
/// signal ends the process immediately.
/// </summary>
internal sealed partial class ShutdownSequence : IHostLifetime, IDisposable
{
    private const int KilledBySignal = 128;

    private static readonly (PosixSignal Signal, int Number)[] Signals =
        [(PosixSignal.SIGTERM, 15), (PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3)];

    private readonly ShutdownPhase _phase;
    private readonly IHostApplicationLifetime _application;
    private readonly TimeProvider _time;
    private readonly TimeSpan _delay;
    private readonly ILogger<ShutdownSequence> _logger;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    public ShutdownSequence(
        ShutdownPhase phase, IHostApplicationLifetime application, ShutdownOptions options, TimeProvider time, ILogger<ShutdownSequence> logger)
    {
        _phase = phase;
        _application = application;
        _time = time;
        _delay = options.Delay;
        _logger = logger;
    }

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var (signal, number) in Signals)
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true; // prevents the default exit
                OnSignal(signal is PosixSignal.SIGTERM or PosixSignal.SIGHUP ? _delay : TimeSpan.Zero, number);
            }));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs the sequence up to the point where the server stops.</summary>
    /// <param name="delay">The time for which requests are still accepted.</param>
    public async Task RunAsync(TimeSpan delay)
    {
        _phase.Stop();
        Log.Stopping(_logger, delay.TotalSeconds);
        await Task.Delay(delay / 2, _time);
        _phase.Close(delay / 2);
        await Task.Delay(delay / 2, _time);
        _application.StopApplication();
    }

    /// <inheritdoc/>
    public void Dispose() => _registrations.ForEach(static registration => registration.Dispose());

    private void OnSignal(TimeSpan delay, int number)
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            _ = RunAsync(delay);
            return;
        }

        Log.AtOnce(_logger);
        Environment.Exit(KilledBySignal + number);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Stopping, LogLevel.Information, "Shutdown requested: readiness now fails; still accepting requests for {Seconds} s")]
        public static partial void Stopping(ILogger logger, double seconds);

        [LoggerMessage(EventIds.StoppedImmediately, LogLevel.Warning, "Shutdown requested again: stopping immediately")]
        public static partial void AtOnce(ILogger logger);
    }
}
