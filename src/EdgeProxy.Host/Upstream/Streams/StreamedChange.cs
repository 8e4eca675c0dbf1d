using System.Text.Json;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>The data of an event (docs/spec/realtime.md 7.3).</summary>
/// <param name="IsUsable">False for an event of another kind, or with data that mean nothing.</param>
/// <param name="UpdatedAt">The time of the change; null if it is not said.</param>
internal readonly record struct StreamedChange(bool IsUsable, DateTimeOffset? UpdatedAt)
{
    private const string Name = "environment_updated";

    /// <summary>Reads the data of an event.</summary>
    /// <param name="name">The name of the event.</param>
    /// <param name="data">JSON in UTF-8.</param>
    public static StreamedChange Read(string name, ReadOnlySpan<byte> data) => name == Name ? Read(data) : default;

    private static StreamedChange Read(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return default;
            }

            if (!document.RootElement.TryGetProperty("updated_at"u8, out var member) || member.ValueKind == JsonValueKind.Null)
            {
                return new StreamedChange(IsUsable: true, UpdatedAt: null);
            }

            return member.ValueKind == JsonValueKind.Number && ChangeTime.OfNumber(member.GetDouble()) is { } time
                ? new StreamedChange(IsUsable: true, time)
                : default;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return default; // no JSON, or half of a surrogate pair
        }
    }
}
