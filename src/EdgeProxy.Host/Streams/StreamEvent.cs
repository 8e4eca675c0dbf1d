namespace EdgeProxy.Host.Streams;

/// <summary>An event of an environment, before it is spelled. Equal events need not be sent twice to one client.</summary>
/// <param name="Revision">The entity tag of the document, without quotes.</param>
/// <param name="Time">The time that clients compare with what they hold.</param>
/// <param name="UpdatedAt">The document's own time of change; null if it has none.</param>
internal sealed record StreamEvent(string Revision, DateTimeOffset Time, DateTimeOffset? UpdatedAt);
