namespace EdgeProxy.Host.Environments;

/// <summary>The load of an environment while there is more than can be answered, and what share of its requests is taken.</summary>
internal sealed class EnvironmentLoad
{
    /// <summary>The share that is taken when all is well.</summary>
    public const int All = 1024;

    /// <summary>In the place of a share that is not known.</summary>
    public const int Unknown = -1;

    private long _ticks;
    private volatile int _share = Unknown;

    /// <summary>Of <see cref="All"/> requests, the number that is taken; <see cref="Unknown"/> for as many as of all environments together.</summary>
    public int Share
    {
        get => _share;
        set => _share = value;
    }

    /// <summary>The time that all of its requests would take, in ticks each look; only who sets the share reads and writes it.</summary>
    public double Demand { get; set; }

    /// <summary>Adds the time that a request took, in ticks.</summary>
    public void Add(long ticks) => Interlocked.Add(ref _ticks, ticks);

    /// <summary>Takes the time that was added; it goes on from zero.</summary>
    public long Take() => Interlocked.Exchange(ref _ticks, 0);
}
