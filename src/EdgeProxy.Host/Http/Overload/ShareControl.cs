namespace EdgeProxy.Host.Http.Overload;

/// <summary>
/// What share of the requests to take, from how long they wait for their turn. A queue that comes and goes is what queues
/// are for; only one that stands shows that more comes than can be answered. From then on this is the controller of PIE
/// (RFC 8033), which does the same for packets: the share that is turned away follows how much too long the queue is and
/// how fast it grows, and settles where the queue is just as long as it may be. So no more is turned away than must be.
/// </summary>
internal sealed class ShareControl
{
    /// <summary>So many looks in a row have to find the queue too long before anything is turned away.</summary>
    public const int Patience = 8;

    // Never less than this is taken, so that it is seen when those that come can be answered again.
    private const double MaxRefused = 1 - (1.0 / 32);

    // By how much more to turn away, with each look, for a second that the queue is too long, and for a second that it grew.
    // As in RFC 8033, with less weight on the length: how long a queue is becomes known only when somebody has passed it.
    private const double ForLength = 0.2;
    private const double ForGrowth = 1.25;

    // So much more with each look, whatever else, while the queue is so many times too long (RFC 8033, 5.1).
    private const double Hurry = 0.02;
    private const int FarTooLong = 4;

    // While there is no queue to speak of nothing is known but that less need be turned away.
    private const double Decay = 0.97;
    private const int AlmostNone = 5;
    private const double Nothing = 0.01;

    // Refusing may cost nearly as much as answering. Where less is answered than this part of what was before anything was
    // refused, and the queue is still there, refusing does not help: the most that may be refused falls with each look, and
    // then rises slowly.
    private const double MinGoodput = 0.7;
    private const double GiveBack = 0.03;
    private const double Relax = 0.002;

    // The weight of the latest look in what is answered.
    private const double Weight = 0.125;

    private readonly double _most;
    private double _capacity;
    private double _answered;
    private double _refused;
    private double _ceiling = MaxRefused;
    private double _before;
    private int _tooLong;

    /// <param name="most">How long a request may wait.</param>
    public ShareControl(TimeSpan most)
    {
        _most = most.TotalSeconds;
    }

    /// <summary>The share to take, of <see cref="LoadShedder.All"/>.</summary>
    public int Share => (int)Math.Round(LoadShedder.All * (1 - _refused));

    /// <summary>Takes what a look found.</summary>
    /// <param name="delay">How long requests wait now.</param>
    /// <param name="answered">How many requests are answered, and not refused, in a second.</param>
    public void Note(TimeSpan delay, double answered)
    {
        var now = delay.TotalSeconds;
        _answered += Weight * (answered - _answered);
        _tooLong = now > _most ? Math.Min(_tooLong + 1, Patience) : 0;
        if (_refused > 0 || _tooLong == Patience)
        {
            Control(now);
        }

        _before = now;
    }

    private void Control(double now)
    {
        if (_refused == 0)
        {
            // All were taken, and there was always another: this is what can be answered.
            _capacity = _answered;
        }

        var isOfNoUse = _refused > 0 && now > _most / 2 && _answered < MinGoodput * _capacity;
        _ceiling = isOfNoUse ? Math.Max(0, Math.Min(_refused, _ceiling) - GiveBack) : Math.Min(MaxRefused, _ceiling + Relax);
        _refused = Math.Min(Next(now), _ceiling);
        if (_refused == 0)
        {
            _tooLong = 0; // should it come again, what can be answered is found out anew
        }
    }

    private double Next(double now)
    {
        // The first time all of it counts as growth: the queue was waited for.
        var change = (ForLength * (now - _most)) + (ForGrowth * (now - (_refused > 0 ? _before : _most)));
        if (now > FarTooLong * _most)
        {
            change += Hurry;
        }

        var next = _refused + change;
        if (now < _most / AlmostNone)
        {
            next = Math.Min(next, _refused * Decay);
        }

        return next < Nothing ? 0 : Math.Min(next, MaxRefused);
    }
}
