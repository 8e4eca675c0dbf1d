using System.Buffers;
using System.Text.Json;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Analytics;

/// <summary>Reads evaluations in the body of a request (docs/spec/analytics.md 1.4).</summary>
internal static class EvaluationReader
{
    private const string List = "evaluations";
    private const string FeatureName = "feature_name";
    private const string Identifier = "identity_identifier";
    private const string IsEnabled = "enabled_when_evaluated";
    private const string Count = "count";
    private const string Required = "This field is required.";
    private const string NotNull = "This field may not be null.";

    /// <summary>Reads all entries.</summary>
    /// <param name="body">The body.</param>
    /// <param name="entries">The entries; a count is less than 1 if it is to be ignored.</param>
    /// <returns>The error, as the body of the answer; null if there is none.</returns>
    public static byte[]? Read(ReadOnlyMemory<byte> body, out IReadOnlyList<KeyValuePair<EvaluationKey, long>> entries)
    {
        entries = [];
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return Error("non_field_errors", "Expected a JSON object.");
            }

            if (!document.RootElement.TryGetProperty(List, out var list))
            {
                return Error(List, Required);
            }

            if (list.ValueKind != JsonValueKind.Array)
            {
                return Error(List, list.ValueKind == JsonValueKind.Null ? NotNull : "Expected a list of items.");
            }

            var read = new List<KeyValuePair<EvaluationKey, long>>(list.GetArrayLength());
            foreach (var entry in list.EnumerateArray())
            {
                if (Read(entry, out var key, out var count) is var (field, reason))
                {
                    return Error(read.Count, field, reason);
                }

                read.Add(new(key, count));
            }

            entries = read;
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Error("non_field_errors", "Expected a JSON object."); // not JSON, or half of a surrogate pair in a name
        }
    }

    private static (string Field, string Reason)? Read(JsonElement entry, out EvaluationKey key, out long count)
    {
        key = default;
        count = 0;
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return ("non_field_errors", "Expected a JSON object.");
        }

        if (TextOf(entry, FeatureName, out var feature) is { } invalidName)
        {
            return (FeatureName, invalidName);
        }

        string? identifier = null;
        if (entry.TryGetProperty(Identifier, out var given) && given.ValueKind != JsonValueKind.Null && TextOf(entry, Identifier, out identifier) is { } invalidIdentifier)
        {
            return (Identifier, invalidIdentifier);
        }

        if (!entry.TryGetProperty(IsEnabled, out var enabled) || enabled.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return (IsEnabled, ReasonOf(enabled, "Must be a valid boolean."));
        }

        if (!entry.TryGetProperty(Count, out var counted) || FlagCountReader.CountOf(counted) is not { } number)
        {
            return (Count, ReasonOf(counted, "A valid integer is required."));
        }

        key = new EvaluationKey(feature!, identifier, enabled.GetBoolean());
        count = number;
        return null;
    }

    private static string ReasonOf(JsonElement value, string invalid) => value.ValueKind switch
    {
        JsonValueKind.Undefined => Required,
        JsonValueKind.Null => NotNull,
        _ => invalid,
    };

    /// <returns>The fault; null if there is none.</returns>
    private static string? TextOf(JsonElement entry, string name, out string? text)
    {
        text = null;
        if (!entry.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return ReasonOf(value, "Not a valid string.");
        }

        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "Not a valid string."; // half a surrogate pair, or not UTF-8
        }

        return text.Length > FlagCounts.MaxNameLength ? $"Ensure this field has no more than {FlagCounts.MaxNameLength} characters." : null;
    }

    private static byte[] Error(string field, string reason) => Write(writer => WriteField(writer, field, reason));

    /// <summary>An error of an entry, in its place in the list.</summary>
    private static byte[] Error(int index, string field, string reason) => Write(writer =>
    {
        writer.WriteStartArray(List);
        for (var i = 0; i <= index; i++)
        {
            writer.WriteStartObject();
            if (i == index)
            {
                WriteField(writer, field, reason);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static void WriteField(Utf8JsonWriter writer, string field, string reason)
    {
        writer.WriteStartArray(field);
        writer.WriteStringValue(reason);
        writer.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}
