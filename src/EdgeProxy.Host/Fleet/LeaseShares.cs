namespace EdgeProxy.Host.Fleet;

/// <summary>
/// The share of leases that a member is to hold: with N members and E environments about E/N each (docs/spec/fleet.md 4.2).
/// Thread-safe.
/// </summary>
internal sealed class LeaseShares
{
    private int _environments;
    private int _held;
    private volatile FleetPulse _pulse = new(Members: 1, MinLeases: 0, IsStated: false);

    /// <summary>The number of leases that this member holds.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>The state of the fleet at the last heartbeat.</summary>
    public FleetPulse Pulse
    {
        get => _pulse;
        set => _pulse = value;
    }

    /// <summary>Indicates whether this member holds fewer leases than its share.</summary>
    public bool IsBelow => Held * _pulse.Members < Volatile.Read(ref _environments);

    /// <summary>Indicates whether this member should give a lease to another one.</summary>
    public bool ShouldLetGo => Held > _pulse.MinLeases + 1 && Held > Volatile.Read(ref _environments) / Math.Max(1, _pulse.Members);

    /// <summary>Records that an environment is served.</summary>
    public void Opened() => Interlocked.Increment(ref _environments);

    /// <summary>Records that an environment is no longer served.</summary>
    public void Closed() => Interlocked.Decrement(ref _environments);

    /// <summary>Records a lease that was taken.</summary>
    public void Taken() => Interlocked.Increment(ref _held);

    /// <summary>Records a lease that was lost or given back.</summary>
    public void Lost() => Interlocked.Decrement(ref _held);
}
