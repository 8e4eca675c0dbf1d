namespace EdgeProxy.Host.Environments;

/// <summary>The load of an environment during overload, and the share of its requests that is accepted.</summary>
internal sealed class EnvironmentLoad
{
    /// <summary>The share without overload.</summary>
    public const int All = 1024;

    /// <summary>An unknown share.</summary>
    public const int Unknown = -1;

    private long _ticks;
    private volatile int _share = Unknown;

    /// <summary>
    /// The number of requests accepted of every <see cref="All"/>; <see cref="Unknown"/> to use the share of all
    /// environments together.
    /// </summary>
    public int Share
    {
        get => _share;
        set => _share = value;
    }

    /// <summary>
    /// The estimated time for all of its requests, in ticks per interval; read and written only by the code that sets the
    /// share.
    /// </summary>
    public double Demand { get; set; }

    /// <summary>Adds the time that a request took, in ticks.</summary>
    public void Add(long ticks) => Interlocked.Add(ref _ticks, ticks);

    /// <summary>Returns the added time and resets it to zero.</summary>
    public long Take() => Interlocked.Exchange(ref _ticks, 0);
}
