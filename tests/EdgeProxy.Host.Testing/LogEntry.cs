using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Testing;

/// <summary>One entry of the log.</summary>
internal sealed record LogEntry(LogLevel Level, int EventId, string Message, Exception? Exception);
