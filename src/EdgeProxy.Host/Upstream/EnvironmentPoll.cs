namespace EdgeProxy.Host.Upstream;

/// <summary>A loop that polls an environment, while it runs.</summary>
internal sealed class EnvironmentPoll
{
    private readonly CancellationTokenSource _end;
    private readonly Task _loop;

    private EnvironmentPoll(CancellationTokenSource end, Task loop)
    {
        _end = end;
        _loop = loop;
    }

    /// <summary>Begins.</summary>
    /// <param name="poller">What to run.</param>
    /// <param name="scheduler">Where to run it, and all it waits for.</param>
    /// <param name="cancellationToken">Ends it too.</param>
    public static EnvironmentPoll Begin(EnvironmentPoller poller, TaskScheduler scheduler, CancellationToken cancellationToken)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loop = Task.Factory.StartNew(() => poller.RunAsync(end.Token), CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();
        return new EnvironmentPoll(end, loop);
    }

    /// <summary>Ends it, and waits for that.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _end.Dispose();
    }
}
