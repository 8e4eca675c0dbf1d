namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>Messages between members, store and upstream: delayed, sometimes for long, and sometimes lost.</summary>
internal sealed class SimulatedNetwork
{
    private readonly Random _random;
    private readonly TimeProvider _time;
    private readonly SimulatedContext _context;

    public SimulatedNetwork(Random random, SimulatedClock clock)
    {
        _context = new SimulatedContext(clock);
        _random = random;
        _time = clock.For(TimeSpan.Zero);
    }

    /// <summary>Indicates whether messages are lost, or delayed for long.</summary>
    public bool IsFaulty { get; set; }

    /// <summary>Asks a server: the question travels, the server answers at that time, and the answer travels back.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="answer">The server. It may take its time.</param>
    public Task<T> AskAsync<T>(SimulatedLink link, Func<Task<T>> answer)
    {
        // Outside of whoever asks: a question arrives even if its sender is gone by then.
        var answered = new TaskCompletionSource<T>();
        _context.Begin(async () =>
        {
            await TravelAsync(link);
            try
            {
                var value = await answer();
                await TravelAsync(link);
                answered.SetResult(value);
            }
            catch (Exception exception)
            {
                answered.SetException(exception);
            }
        });
        return answered.Task;
    }

    /// <summary>Lets a message travel; null if it is lost.</summary>
    public TimeSpan? Travel(SimulatedLink link)
    {
        if (link.IsCut || (IsFaulty && _random.NextDouble() < 0.002))
        {
            return null;
        }

        var milliseconds = 0.2 + (2 * _random.NextDouble());
        if (IsFaulty && _random.NextDouble() < 0.005)
        {
            // Longer than a lease sometimes: what was sent under one arrives after it.
            milliseconds = _random.NextDouble() < 0.3 ? 25_000 * _random.NextDouble() : 2000 * _random.NextDouble();
        }

        return TimeSpan.FromMilliseconds(milliseconds);
    }

    private async Task TravelAsync(SimulatedLink link)
    {
        if (Travel(link) is { } time)
        {
            await Task.Delay(time, _time);
        }
        else
        {
            await new TaskCompletionSource().Task; // never
        }
    }
}
