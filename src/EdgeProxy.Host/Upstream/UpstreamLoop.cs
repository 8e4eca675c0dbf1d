using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// A loop that talks to the upstream: a round, a pause, and the next round, immediately if a refresh is requested. One
/// round at a time; no failure ends it, since a loop that ended would leave stale flags forever while the proxy looks
/// healthy.
/// </summary>
internal sealed class UpstreamLoop
{
    private readonly RefreshSignal _signal;
    private readonly TimeProvider _time;

    /// <param name="signal">Requests rounds before the end of a pause.</param>
    /// <param name="time">The clock.</param>
    public UpstreamLoop(RefreshSignal signal, TimeProvider time)
    {
        _signal = signal;
        _time = time;
    }

    /// <summary>Runs until cancellation. To be called on <see cref="UpstreamThreads"/>.</summary>
    /// <param name="round">Runs a round. Receives the reason if it was requested; null otherwise.</param>
    /// <param name="pause">Calculates the pause after a round.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Func<string?, Task> round, Func<LoopPause> pause, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await round(_signal.Take()).ConfigureAwait(UpstreamThreads.ContinueSuppressingErrors); // the log itself may fail
            await PauseAsync(pause(), cancellationToken);
        }
    }

    /// <summary>Pauses; cancellation ends the pause without an exception.</summary>
    public async Task PauseAsync(LoopPause pause, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        await _signal.PauseAsync(pause.Time, _time, cancellationToken);
        var longest = pause.AtLeast < pause.Time ? pause.AtLeast : pause.Time;
        if (longest - _time.GetElapsedTime(started) is var rest && rest > TimeSpan.Zero)
        {
            await UpstreamThreads.Pause(rest, _time, cancellationToken);
        }
    }
}
