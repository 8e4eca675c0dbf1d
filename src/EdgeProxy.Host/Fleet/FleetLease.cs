using System.Globalization;

namespace EdgeProxy.Host.Fleet;

/// <summary>
/// The lease of one environment as this member sees it. Each time it is taken it has another token, and the store accepts
/// changes of the same position only with its current token: a member that lost the lease without noticing changes
/// nothing. For the loop of one environment; only <see cref="Token"/> may be read by others.
/// </summary>
internal sealed class FleetLease
{
    /// <summary>The interval of renewals.</summary>
    public static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(3);

    // The time for which a lease that was given away is not taken again, so that others see that it is free.
    private static readonly TimeSpan Restraint = TimeSpan.FromSeconds(30);

    private readonly LeaseShares _shares;
    private readonly string _name;
    private readonly TimeProvider _time;
    private volatile string? _token;
    private long _renewedAt;
    private long? _givenAwayAt;
    private bool _wasFree;
    private long _taken;

    /// <param name="shares">The share of leases of this member.</param>
    /// <param name="name">The member, unique for each start.</param>
    /// <param name="time">The clock.</param>
    public FleetLease(LeaseShares shares, string name, TimeProvider time)
    {
        _shares = shares;
        _name = name;
        _time = time;
    }

    /// <summary>The token; null if the lease is not held, or must have run out by the clock of this member.</summary>
    public string? Token => _token is { } token && _time.GetElapsedTime(Volatile.Read(ref _renewedAt)) < LeaseBid.Duration ? token : null;

    /// <summary>Returns the name of the member that holds a lease with a token.</summary>
    public static string NameOf(string token) => token.LastIndexOf('/') is >= 0 and var at ? token[..at] : token;

    /// <summary>The bid for the next look.</summary>
    public LeaseBid NextBid()
    {
        if (_token is { } token && Token is not null)
        {
            return new LeaseBid(token, IsNew: false);
        }

        Drop();
        var isRestrained = _givenAwayAt is { } at && _time.GetElapsedTime(at) < Restraint;

        // A member with its share waits for one look, so that others can take the lease.
        return !isRestrained && (_shares.IsBelow || _wasFree)
            ? new LeaseBid(string.Create(CultureInfo.InvariantCulture, $"{_name}/{++_taken}"), IsNew: true)
            : LeaseBid.None;
    }

    /// <summary>Records the result of a look.</summary>
    /// <param name="holder">The token in the store; null for none.</param>
    /// <param name="bid">The bid of that look.</param>
    /// <param name="started">The time before it.</param>
    /// <returns>True if the lease was taken just now.</returns>
    public bool Looked(string? holder, LeaseBid bid, long started)
    {
        _wasFree = holder is null;
        if (holder is null || bid.Token != holder)
        {
            Drop();
            return false;
        }

        // From before the look: the store began to count later than that.
        Volatile.Write(ref _renewedAt, started);
        var isNew = _token is null;
        if (isNew)
        {
            _token = holder;
            _shares.Taken();
        }

        return isNew;
    }

    /// <summary>Records that the lease was given back, for any other member to take.</summary>
    public void GiveAway()
    {
        _givenAwayAt = _time.GetTimestamp();
        Drop();
    }

    /// <summary>Records that the lease is not held any more.</summary>
    public void Drop()
    {
        if (_token is not null)
        {
            _token = null;
            _shares.Lost();
        }
    }
}
