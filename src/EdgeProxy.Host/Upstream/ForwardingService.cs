namespace EdgeProxy.Host.Upstream;

/// <summary>
/// Forwards data of requests to the API: in the background while the server runs, and the rest when it has stopped, within
/// a limit.
/// </summary>
internal abstract class ForwardingService : BackgroundService
{
    private static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _givenUp;
    private int _isStopped;

    /// <param name="time">The clock.</param>
    protected ForwardingService(TimeProvider time)
    {
        _givenUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        GivenUp = _givenUp.Token;
    }

    /// <summary>Cancelled when the rest takes too long.</summary>
    protected CancellationToken GivenUp { get; }

    /// <summary>Forwards the rest. The host calls this after the server has stopped, so nothing comes after it.</summary>
    public sealed override async Task StopAsync(CancellationToken cancellationToken)
    {
        // A host that failed to start, or is disposed after it was stopped, stops its services once more.
        if (Interlocked.Exchange(ref _isStopped, 1) == 1)
        {
            return;
        }

        _givenUp.CancelAfter(FinishLimit);
        await using var limit = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _givenUp);
        await base.StopAsync(cancellationToken);
        if (ExecuteTask is null)
        {
            return; // never started
        }

        await ExecuteTask.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await FinishAsync();
    }

    /// <inheritdoc/>
    public sealed override void Dispose()
    {
        Volatile.Write(ref _isStopped, 1);
        _givenUp.Cancel();
        base.Dispose();
        _givenUp.Dispose();
    }

    /// <summary>Forwards what the background task left, and counts as lost what cannot be sent.</summary>
    protected abstract Task FinishAsync();
}
