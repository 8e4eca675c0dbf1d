using System.Text.Json;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>An answer to a question.</summary>
/// <param name="Status">The status.</param>
/// <param name="Flags">The flags by feature, in their order; null if the answer has none.</param>
internal sealed record FlagsAnswer(int Status, IReadOnlyList<KeyValuePair<string, ComparedFlag>>? Flags)
{
    /// <summary>The time that the answer took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The pause that the server asked for; null if none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Indicates whether the server has no time for the question.</summary>
    public bool IsOverload => Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;

    /// <summary>Reads the body of an answer.</summary>
    public static FlagsAnswer Read(int status, ReadOnlySpan<byte> body)
    {
        if (status != StatusCodes.Status200OK)
        {
            return new FlagsAnswer(status, Flags: null);
        }

        try
        {
            var json = JsonElement.Parse(body);
            var list = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("flags"u8, out var flags) ? flags : json;
            return new FlagsAnswer(status, [.. list.EnumerateArray().Select(ReadFlag)]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new FlagsAnswer(status, Flags: null);
        }
    }

    private static KeyValuePair<string, ComparedFlag> ReadFlag(JsonElement flag)
    {
        var feature = flag.GetProperty("feature"u8);
        var value = flag.TryGetProperty("feature_state_value"u8, out var given) ? given : default;
        var members = string.Join(", ", flag.EnumerateObject()
            .Where(static member => member.Name is not ("feature" or "enabled" or "feature_state_value"))
            .Select(static member => member.Name)
            .Order(StringComparer.Ordinal));
        return KeyValuePair.Create(feature.GetProperty("name"u8).GetString()!, new ComparedFlag(flag.GetProperty("enabled"u8).GetBoolean(), value, members));
    }
}
