using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /proxy/settings</c>: the settings that the process started with, secrets masked, and where each came from.</summary>
internal sealed class SettingsEndpoint : OperatorEndpoint, IEndpointDefinition
{
    private readonly EffectiveSettings _settings;

    public SettingsEndpoint(EffectiveSettings settings)
    {
        _settings = settings;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("settings", "/proxy/settings", EndpointSurface.Operators)
    {
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange) => ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("settings"u8);
        foreach (var setting in _settings.All)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, setting.Name);
            writer.WritePropertyName("value"u8);
            if (setting.Value is { } value)
            {
                value.WriteTo(writer);
            }
            else
            {
                writer.WriteNullValue();
            }

            writer.WriteString("source"u8, setting.Source?.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
