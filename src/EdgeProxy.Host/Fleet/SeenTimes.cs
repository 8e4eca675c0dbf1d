namespace EdgeProxy.Host.Fleet;

/// <summary>The times at which the upstream is known to have had a document.</summary>
/// <param name="Revision">The document.</param>
/// <param name="First">A time by which it was returned.</param>
/// <param name="Last">A time since which it has been returned at least once more; null if none is known.</param>
internal sealed record SeenTimes(string Revision, SeenTime First, SeenTime? Last)
{
    /// <summary>Determines whether these are the times of a document.</summary>
    public bool IsOf(string? revision) => string.Equals(revision, Revision, StringComparison.Ordinal);
}
