using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>Has a document fetched that clients were told of, and lets their requests wait for it (docs/spec/ofrep.md 11.4).</summary>
internal sealed class CatchUp
{
    private const string Because = "a client asked for a revision that is not served yet";

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly LoadShedder _shedder;
    private readonly TimeProvider _time;

    public CatchUp(LoadShedder shedder, TimeProvider time)
    {
        _shedder = shedder;
        _time = time;
    }

    /// <summary>Waits until the revision that a request asks for is served, for a second at most.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="environment">Its environment.</param>
    /// <param name="refetch">The revision.</param>
    public async Task WaitAsync(Exchange exchange, EnvironmentState environment, RefetchRequest refetch)
    {
        if (environment.IsOffline || _shedder.IsFull)
        {
            return;
        }

        exchange.HasWaited = true;
        _shedder.BeginWait();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted);
        var timeout = Task.Delay(MaxWait, _time, over.Token);
        try
        {
            environment.Refresh(Because);
            while (!timeout.IsCompleted)
            {
                var next = environment.NextPublication;
                if (!refetch.IsAheadOf(environment))
                {
                    break;
                }

                await Task.WhenAny(next, timeout);
            }
        }
        finally
        {
            await over.CancelAsync();
            _shedder.EndWait();
        }
    }
}
