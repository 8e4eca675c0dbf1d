using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Environments;

/// <summary>The outcome of a fetch for the changes that were announced before it.</summary>
/// <param name="Source">The source that announced the newest of them; null if there was none.</param>
/// <param name="Announced">The timestamp of the first announcement that the fetch answers; null if it answers none, or it is not known.</param>
/// <param name="IsLagging">True if the served document is older than what was announced.</param>
internal readonly record struct FetchedChange(ChangeSource? Source, long? Announced, bool IsLagging)
{
    /// <summary>No change was announced before the fetch.</summary>
    public static readonly FetchedChange None = new(null, null, IsLagging: false);
}
