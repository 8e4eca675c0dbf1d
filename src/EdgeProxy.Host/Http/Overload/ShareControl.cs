namespace EdgeProxy.Host.Http.Overload;

/// <summary>
/// Controls the share of requests to accept from the queue delay. A queue that comes and goes is what queues
/// are for; only a standing queue shows overload. From then on this is the controller of PIE (RFC 8033), which does the
/// same for packets: the share that is rejected follows the excess of the queue delay and its growth, and settles where the
/// delay equals the target. So no more is rejected than necessary.
/// </summary>
internal sealed class ShareControl
{
    /// <summary>The number of consecutive measurements above the target before anything is rejected.</summary>
    public const int Patience = 8;

    // The minimum share that is accepted, so that a recovery is noticed.
    private const double MaxRefused = 1 - (1.0 / 32);

    // The increase of the rejected share, with each measurement, per second of excess delay, and per second of growth. As
    // in RFC 8033, with less weight on the length: a delay is known only when a request has passed the queue.
    private const double ForLength = 0.2;
    private const double ForGrowth = 1.25;

    // The further increase with each measurement while the delay is that many times the target (RFC 8033, 5.1).
    private const double Hurry = 0.02;
    private const int FarTooLong = 4;

    // While there is no queue, it is only known that less need be rejected.
    private const double Decay = 0.97;
    private const int AlmostNone = 5;
    private const double Nothing = 0.01;

    // Rejecting may cost nearly as much as answering. If less is answered than this part of the throughput before the
    // rejections, and the queue remains, rejecting does not help: the maximum of the rejected share falls with each
    // measurement, and then rises slowly.
    private const double MinGoodput = 0.7;
    private const double GiveBack = 0.03;
    private const double Relax = 0.002;

    // The weight of the latest measurement in the throughput.
    private const double Weight = 0.125;

    private readonly double _maxDelay;
    private double _capacity;
    private double _answered;
    private double _refused;
    private double _ceiling = MaxRefused;
    private double _before;
    private int _tooLong;

    /// <param name="maxDelay">The target queue delay.</param>
    public ShareControl(TimeSpan maxDelay)
    {
        _maxDelay = maxDelay.TotalSeconds;
    }

    /// <summary>The share to take, of <see cref="LoadShedder.All"/>.</summary>
    public int Share => (int)Math.Round(LoadShedder.All * (1 - _refused));

    /// <summary>Records a measurement.</summary>
    /// <param name="delay">The current queue delay.</param>
    /// <param name="answered">The number of requests answered, not rejected, per second.</param>
    public void Note(TimeSpan delay, double answered)
    {
        var now = delay.TotalSeconds;
        _answered += Weight * (answered - _answered);
        _tooLong = now > _maxDelay ? Math.Min(_tooLong + 1, Patience) : 0;
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
            // Everything was accepted, and the queue was never empty: this is the capacity.
            _capacity = _answered;
        }

        var isOfNoUse = _refused > 0 && now > _maxDelay / 2 && _answered < MinGoodput * _capacity;
        _ceiling = isOfNoUse ? Math.Max(0, Math.Min(_refused, _ceiling) - GiveBack) : Math.Min(MaxRefused, _ceiling + Relax);
        _refused = Math.Min(Next(now), _ceiling);
        if (_refused == 0)
        {
            _tooLong = 0; // the capacity is measured anew at the next overload
        }
    }

    private double Next(double now)
    {
        // At first the whole delay counts as growth.
        var change = (ForLength * (now - _maxDelay)) + (ForGrowth * (now - (_refused > 0 ? _before : _maxDelay)));
        if (now > FarTooLong * _maxDelay)
        {
            change += Hurry;
        }

        var next = _refused + change;
        if (now < _maxDelay / AlmostNone)
        {
            next = Math.Min(next, _refused * Decay);
        }

        return next < Nothing ? 0 : Math.Min(next, MaxRefused);
    }
}
