namespace EdgeProxy.Host.Environments;

/// <summary>A change of an environment's content: of anything in its document but the time of change.</summary>
/// <param name="VisibleAt">The wall-clock time when this process began to serve it.</param>
/// <param name="Timestamp">The monotonic timestamp of the same.</param>
internal sealed record ContentChange(DateTimeOffset VisibleAt, long Timestamp);
