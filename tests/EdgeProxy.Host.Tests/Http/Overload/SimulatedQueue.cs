using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Tests.Http.Overload;

/// <summary>A queue of requests, as looks see it: how long it is, they learn from what has passed it.</summary>
internal sealed class SimulatedQueue
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    // A request that is answered takes a unit of time.
    private const double Units = 1000;

    private readonly double _load;
    private readonly double _costOfRefusing;
    private double _waiting;
    private double _beforeProbe;
    private TimeSpan _probeSent;
    private TimeSpan _lastWait;
    private TimeSpan _now;

    /// <param name="load">The load as a multiple of the capacity.</param>
    /// <param name="costOfRefusing">The cost of rejecting a request, relative to answering it.</param>
    public SimulatedQueue(double load, double costOfRefusing)
    {
        _load = load;
        _costOfRefusing = costOfRefusing;
    }

    /// <summary>The queue delay of the request that is served now, as far as samples tell.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>The goodput, relative to the capacity.</summary>
    public double Answered { get; private set; }

    /// <summary>Goes on until the next look, and takes it. Who is turned away learns it when it is his turn, not when he comes.</summary>
    public void Pass(ShareControl control)
    {
        var taken = (double)control.Share / LoadShedder.All;
        var cost = taken + ((1 - taken) * _costOfRefusing);
        var turns = Math.Min(_waiting + (_load * Units), Units / cost);
        Answered = turns * taken / Units;
        _waiting += (_load * Units) - turns;
        _now += Look;

        _beforeProbe -= turns;
        if (_beforeProbe <= 0)
        {
            (_lastWait, _probeSent, _beforeProbe) = (_now - _probeSent - Look, _now, _waiting);
        }

        var waits = _now - _probeSent;
        Delay = waits > _lastWait ? waits : _lastWait;
        control.Note(Delay, Answered);
    }
}
