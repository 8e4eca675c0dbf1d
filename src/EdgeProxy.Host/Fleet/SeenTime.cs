namespace EdgeProxy.Host.Fleet;

/// <summary>A time at which the upstream was asked: by the store's clock, or by the monotonic clock of this process.</summary>
/// <param name="StoreTime">Milliseconds since 1970; null if it is only known by the clock of this process.</param>
/// <param name="Timestamp">The monotonic time; of no meaning if the other one is known.</param>
internal sealed record SeenTime(long? StoreTime, long Timestamp)
{
    /// <summary>A time of the store's clock.</summary>
    public static SeenTime OfStore(long milliseconds) => new(milliseconds, 0);

    /// <summary>A time of the monotonic clock.</summary>
    public static SeenTime OfClock(long timestamp) => new(null, timestamp);
}
