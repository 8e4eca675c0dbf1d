using System.Buffers;
using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Common;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EdgeProxy.Host.Logging;

/// <summary>
/// Formats an entry as one JSON object per line: <c>timestamp</c>, <c>level</c> with the names of the settings,
/// <c>logger</c>, <c>event_id</c>, the message under the configured name, the members of <see cref="LogMembers"/>,
/// and <c>exception</c> if there is one.
/// </summary>
internal sealed class JsonLogFormatter : ConsoleFormatter
{
    /// <summary>The name it is registered under.</summary>
    public const string FormatterName = "edge-proxy-json";

    private readonly string _messageFieldName;
    private readonly TimeProvider _time;

    /// <param name="messageFieldName">The name of the member with the message.</param>
    /// <param name="time">The clock of the timestamps.</param>
    public JsonLogFormatter(string messageFieldName, TimeProvider time)
        : base(FormatterName)
    {
        _messageFieldName = messageFieldName;
        _time = time;
    }

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(line, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp"u8, _time.GetUtcNow());
            writer.WriteString("level"u8, NameOf(logEntry.LogLevel));
            writer.WriteString("logger"u8, logEntry.Category);
            writer.WriteNumber("event_id"u8, logEntry.EventId.Id);
            writer.WriteString(_messageFieldName, logEntry.Formatter(logEntry.State, logEntry.Exception));
            LogMembers.Write(writer, logEntry.State);
            if (logEntry.Exception is { } exception)
            {
                writer.WriteString("exception"u8, exception.ToString());
            }

            writer.WriteEndObject();
        }

        textWriter.WriteLine(LogText.Escape(Encoding.UTF8.GetString(line.WrittenSpan)));
    }

    /// <summary>Returns the name of a level in the settings.</summary>
    public static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Critical => "CRITICAL",
        LogLevel.Error => "ERROR",
        LogLevel.Warning => "WARNING",
        LogLevel.Information => "INFO",
        _ => "DEBUG",
    };
}
