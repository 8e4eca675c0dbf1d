using System.Text.Json;

namespace EdgeProxy.Host.Endpoints;

/// <summary>An event of a webhook of Flagsmith, as far as it matters here (docs/spec/realtime.md 3.2).</summary>
/// <param name="EnvironmentId">The environment that changed; null if it may be any.</param>
internal sealed record WebhookEvent(long? EnvironmentId)
{
    private const string AuditLogCreated = "AUDIT_LOG_CREATED";

    /// <summary>Reads an event.</summary>
    /// <param name="body">JSON in UTF-8.</param>
    /// <returns>Null if it is not an object in JSON.</returns>
    public static WebhookEvent? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var data = Member(root, "data"u8);
            return new WebhookEvent(IsAuditLog(root) ? null : IdIn(Member(data, "new_state"u8)) ?? IdIn(Member(data, "previous_state"u8)));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // no JSON, or half of a surrogate pair
        }
    }

    private static bool IsAuditLog(JsonElement root) =>
        Member(root, "event_type"u8) is { ValueKind: JsonValueKind.String } type && type.ValueEquals(AuditLogCreated);

    private static long? IdIn(JsonElement? state) =>
        Member(Member(state, "environment"u8), "id"u8) is { ValueKind: JsonValueKind.Number } id && id.TryGetInt64(out var number) ? number : null;

    private static JsonElement? Member(JsonElement? element, ReadOnlySpan<byte> name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var member) ? member : null;
}
