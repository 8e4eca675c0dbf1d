using EdgeProxy.Host.Http;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /proxy/warnings</c>: the latest log entries of level WARNING and above, the latest first.</summary>
internal sealed class WarningsEndpoint : OperatorEndpoint, IEndpointDefinition
{
    private readonly RecentWarnings _warnings;

    public WarningsEndpoint(RecentWarnings warnings)
    {
        _warnings = warnings;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("warnings", "/proxy/warnings", EndpointSurface.Operators)
    {
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange) => ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("warnings"u8);
        foreach (var entry in _warnings.All())
        {
            writer.WriteStartObject();
            writer.WriteString("at"u8, entry.At);
            writer.WriteString("level"u8, entry.Level == LogLevel.Warning ? "WARNING"u8 : entry.Level == LogLevel.Error ? "ERROR"u8 : "CRITICAL"u8);
            writer.WriteNumber("event_id"u8, entry.EventId);
            writer.WriteString("message"u8, entry.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
