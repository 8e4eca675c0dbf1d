using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Environments;

/// <summary>An announced change of an environment.</summary>
/// <param name="Source">The source that announced it.</param>
/// <param name="UpdatedAt">The time of the change; null if it is not known.</param>
/// <param name="Revision">The entity tag of the changed document; null if it is not known.</param>
internal sealed record AnnouncedChange(ChangeSource Source, DateTimeOffset? UpdatedAt, string? Revision = null)
{
    /// <summary>The timestamp of the announcement, to measure how long it takes to serve the change; null not to.</summary>
    public long? Timestamp { get; init; }

    /// <summary>
    /// Determines whether a document has the change already, so that nothing is fetched. A revision tells it exactly; the
    /// time that is announced with it may be that of its publication elsewhere.
    /// </summary>
    public bool IsKnownBy(PublishedDocument? served) =>
        served is not null && (Revision is { } revision ? served.Version == revision : UpdatedAt <= served.UpdatedAt);

    /// <summary>Determines whether a document that was fetched because of the change is not older than it.</summary>
    public bool IsAnsweredBy(PublishedDocument? served) =>
        IsKnownBy(served) || UpdatedAt <= served?.UpdatedAt || (Revision is null && served?.UpdatedAt is null);

    /// <summary>Determines whether the change is not older than another one.</summary>
    public bool Replaces(AnnouncedChange other) => UpdatedAt is null || !(UpdatedAt < other.UpdatedAt);
}
