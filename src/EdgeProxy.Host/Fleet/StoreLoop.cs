using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Fleet;

/// <summary>The loop of what this member shares through the store: a step, then a pause that a request ends.</summary>
/// <param name="fleet">The store and the clock.</param>
/// <param name="wake">Ends the pause; requested when the connection to the store is restored.</param>
/// <param name="step">A step.</param>
/// <param name="pause">Returns the time until the next step.</param>
/// <param name="failed">Receives exceptions of a step that are not the cancellation.</param>
internal sealed class StoreLoop(
    FleetContext fleet, RefreshSignal wake, Func<CancellationToken, Task> step, Func<TimeSpan> pause, Action<Exception> failed)
{
    /// <summary>Runs until cancellation.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        fleet.Store.Restored += Restored;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                wake.Take();
                await StepSafelyAsync(cancellationToken);
                await wake.PauseAsync(pause(), fleet.Time, cancellationToken);
            }
        }
        finally
        {
            fleet.Store.Restored -= Restored;
        }
    }

    private void Restored(object? sender, EventArgs e) => wake.Request("the connection is there again");

    private async Task StepSafelyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await step(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Exception exception)
        {
            // Catches everything: a loop that ended would leave this member alone for good.
            failed(exception);
        }
    }
}
