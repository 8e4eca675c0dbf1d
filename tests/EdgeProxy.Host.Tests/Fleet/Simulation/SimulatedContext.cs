namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>The context in which everything that belongs together runs: a member, or the world around the members.</summary>
internal sealed class SimulatedContext : SynchronizationContext
{
    private readonly SimulatedClock _clock;

    public SimulatedContext(SimulatedClock clock)
    {
        _clock = clock;
    }

    /// <summary>Indicates whether nothing is done here any more.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Ends everything that runs here.</summary>
    public void Kill() => IsDead = true;

    /// <summary>Called after each step.</summary>
    public Action? AfterStep { get; set; }

    /// <summary>Begins something; it runs in its own steps.</summary>
    public void Begin(Func<Task> work) => Post(static state => _ = ((Func<Task>)state!)(), work);

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => _clock.Post(this, d, state);

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}
