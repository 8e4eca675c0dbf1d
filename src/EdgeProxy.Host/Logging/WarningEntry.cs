namespace EdgeProxy.Host.Logging;

/// <summary>A log entry of level WARNING or above.</summary>
/// <param name="At">The time.</param>
/// <param name="Level">The level.</param>
/// <param name="EventId">The number of the event.</param>
/// <param name="Message">The message.</param>
internal sealed record WarningEntry(DateTimeOffset At, LogLevel Level, int EventId, string Message);
