namespace EdgeProxy.Host.Http.Overload;

/// <summary>
/// What share of the requests to take, from how long they wait for their turn. A queue that comes and goes is what queues
/// are for; only one that stands shows that more comes than can be answered. Then the share goes down by a part of itself
/// with every look, and comes back slowly when the queue is gone, which finds the share that can be answered.
/// </summary>
internal sealed class ShareControl
{
    /// <summary>So many looks in a row have to find the queue too long.</summary>
    public const int Patience = 8;

    // Never less than this, so that it is seen when those that come can be answered again.
    private const int Least = LoadShedder.All / 32;

    private readonly TimeSpan _most;
    private int _tooLong;

    /// <param name="most">How long a request may wait.</param>
    public ShareControl(TimeSpan most)
    {
        _most = most;
    }

    /// <summary>The share, of <see cref="LoadShedder.All"/>.</summary>
    public int Share { get; private set; } = LoadShedder.All;

    /// <summary>Takes what a look found.</summary>
    /// <param name="delay">How long requests wait now.</param>
    public void Note(TimeSpan delay)
    {
        if (delay <= _most)
        {
            _tooLong = 0;
            Share = Math.Min(LoadShedder.All, Share + Math.Max(LoadShedder.All / 128, Share / 32));
            return;
        }

        if (++_tooLong >= Patience || Share < LoadShedder.All)
        {
            // The longer the queue, the more is to be made good for.
            Share = Math.Max(Least, delay > 2 * _most ? Share * 3 / 4 : Share * 15 / 16);
        }
    }
}
