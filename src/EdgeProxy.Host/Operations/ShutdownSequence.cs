using System.Runtime.InteropServices;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Operations;

/// <summary>
/// How the proxy ends when it is told to. On SIGTERM it is not ready any more, at once, but answers as before, so that load
/// balancers notice before anybody is turned away; for the second half of that time every answer asks its client to come
/// back on another connection, so that few are left to be cut; then the server stops, and with it the rest. Who presses
/// Ctrl+C does not wait for load balancers. A second signal ends the process at once.
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
                context.Cancel = true; // it does not end by itself
                OnSignal(signal is PosixSignal.SIGTERM or PosixSignal.SIGHUP ? _delay : TimeSpan.Zero, number);
            }));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Goes through the sequence, up to the point where the server stops.</summary>
    /// <param name="delay">How long requests are still taken.</param>
    public async Task RunAsync(TimeSpan delay)
    {
        _phase.Stop();
        Log.Stopping(_logger, delay.TotalSeconds);
        await Task.Delay(delay / 2, _time);
        _phase.Close();
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
