using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Upstream.Polling;

/// <summary>The polling loop of one environment.</summary>
internal sealed class EnvironmentPoll
{
    private readonly CancellationTokenSource _end;
    private readonly Task _loop;
    private readonly FleetEnvironment? _fleet;

    private EnvironmentPoll(CancellationTokenSource end, Task loop, FleetEnvironment? fleet)
    {
        _fleet = fleet;
        _end = end;
        _loop = loop;
    }

    /// <summary>Starts the loop.</summary>
    /// <param name="environment">The environment, whose refresh requests it answers.</param>
    /// <param name="refresh">Refreshes it.</param>
    /// <param name="fleet">Its part in a fleet, disposed of at the end; null if there is none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the loop, too.</param>
    public static EnvironmentPoll Begin(
        EnvironmentState environment, EnvironmentRefresh refresh, FleetEnvironment? fleet, TimeProvider time, CancellationToken cancellationToken)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loop = new UpstreamLoop(environment.Refreshes, time);
        return new EnvironmentPoll(end, UpstreamThreads.RunAsync(async () =>
        {
            await refresh.RestoreAsync(end.Token).ConfigureAwait(UpstreamThreads.ContinueSuppressingErrors); // the log itself may fail
            var sharing = fleet?.RunAsync(end.Token) ?? Task.CompletedTask;
            await loop.RunAsync(because => refresh.RunAsync(because, end.Token), refresh.NextPause, end.Token);
            await sharing;
        }), fleet);
    }

    /// <summary>Ends the loop, and waits for its end.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _end.Dispose();
        _fleet?.Dispose();
    }
}
