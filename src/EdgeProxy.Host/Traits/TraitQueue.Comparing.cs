namespace EdgeProxy.Host.Traits;

/// <content>
/// Comparison with what the store of a fleet remembers (docs/spec/fleet.md 6.2): once, when an identity begins to wait. It is
/// scheduled afterwards.
/// </content>
internal sealed partial class TraitQueue
{
    private readonly Queue<PendingIdentity> _uncompared = [];

    /// <summary>Indicates whether calls are compared with what a store remembers.</summary>
    public bool IsShared { get; set; }

    // Of a full queue, an identity that this instance knows is not lost: better not asked than dropped.
    private bool AsksStore => IsShared && _count < _options.QueueSize;

    /// <summary>Takes calls that are to be compared, in the order in which their identities began to wait. The caller has to say how that ended.</summary>
    public IReadOnlyList<PendingCall> TakeUncompared(int max)
    {
        var calls = new List<PendingCall>();
        while (calls.Count < max && _uncompared.TryDequeue(out var identity))
        {
            if (identity is { Server: not null, Client: not null } || identity.First is not { } call)
            {
                ScheduleRest(identity); // two kinds of keys: the traits of one call are not all that the API is to have
            }
            else
            {
                call.Hash = HashOf(call.Traits);
                calls.Add(call);
            }
        }

        return calls;
    }

    /// <summary>Schedules everything without comparison.</summary>
    public void SkipComparison()
    {
        while (_uncompared.TryDequeue(out var identity))
        {
            ScheduleRest(identity);
        }
    }

    /// <summary>Removes a call that would tell the API nothing new, unless a request has changed it meanwhile; schedules any other.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isRemembered">True if the store remembers its traits as they were when it was taken.</param>
    public void Compared(PendingCall call, bool isRemembered)
    {
        var identity = call.Identity;
        var isOnly = call == identity.First && identity is not { Server: not null, Client: not null };
        if (isRemembered && isOnly && HashOf(call.Traits) == call.Hash)
        {
            _confirmed.SetFound(identity.Id, call.Traits.Length > 0 ? call.Hash : null);
            _metrics.CountRemembered();
            identity.SetWaiting(call.Source.IsClientSide, null);
            Release(call);
        }

        ScheduleRest(identity);
    }

    private void Begin(PendingIdentity identity)
    {
        if (IsShared)
        {
            _uncompared.Enqueue(identity);
        }
        else
        {
            Schedule(identity, _time.GetTimestamp());
        }
    }
}
