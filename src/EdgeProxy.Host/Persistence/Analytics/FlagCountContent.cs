using System.Buffers;
using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Persistence.Analytics;

/// <summary>Counts as the content of a file, in JSON: an array with an object for each set of labels.</summary>
internal static class FlagCountContent
{
    private const string ApplicationName = "application_name";
    private const string ApplicationVersion = "application_version";
    private const string Sdk = "sdk";
    private const string Counts = "counts";

    // No sum of counts overflows.
    private const long MaxCount = 1L << 53;

    // Each byte of a name takes six at most; a number, quotes and commas take the rest.
    private const int EscapedLength = 6;
    private const int EntryOverhead = 32;
    private const int BatchOverhead = 4096;

    /// <summary>Writes counts.</summary>
    /// <param name="batches">The counts.</param>
    /// <param name="maxBytes">The size that the content may have; what does not fit is left out.</param>
    /// <param name="written">The evaluations that the content has.</param>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<FlagCountBatch> batches, int maxBytes, out long written)
    {
        var content = new ArrayBufferWriter<byte>();
        written = 0;
        using (var writer = new Utf8JsonWriter(content, CompactJson.Options))
        {
            writer.WriteStartArray();
            foreach (var batch in batches)
            {
                if (LengthOf(writer) + BatchOverhead <= maxBytes)
                {
                    written += Write(writer, batch, maxBytes);
                }
            }

            writer.WriteEndArray();
        }

        return content.WrittenMemory;
    }

    /// <summary>Reads counts.</summary>
    /// <exception cref="InvalidDataException">They are not counts.</exception>
    public static IReadOnlyList<FlagCountBatch> Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return [.. document.RootElement.EnumerateArray().Select(Read)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException("its content are not counts", exception);
        }
    }

    private static long LengthOf(Utf8JsonWriter writer) => writer.BytesCommitted + writer.BytesPending;

    private static long Write(Utf8JsonWriter writer, FlagCountBatch batch, int maxBytes)
    {
        var written = 0L;
        writer.WriteStartObject();
        writer.WriteString(ApplicationName, batch.Labels.ApplicationName);
        writer.WriteString(ApplicationVersion, batch.Labels.ApplicationVersion);
        writer.WriteString(Sdk, batch.Labels.Sdk);
        writer.WriteStartObject(Counts);
        foreach (var (name, count) in batch.Entries)
        {
            if (LengthOf(writer) + (EscapedLength * name.Utf8.Length) + EntryOverhead <= maxBytes)
            {
                writer.WriteNumber(name.Utf8, count);
                written += count;
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        return written;
    }

    private static FlagCountBatch Read(JsonElement batch) => new(
        AnalyticsLabels.Of(Text(batch, ApplicationName), Text(batch, ApplicationVersion), Text(batch, Sdk)),
        [.. batch.GetProperty(Counts).EnumerateObject().Select(static entry => KeyValuePair.Create(NameOf(entry), CountOf(entry)))]);

    private static string Text(JsonElement batch, string name) => batch.GetProperty(name).GetString() ?? "";

    private static FeatureName NameOf(JsonProperty entry) =>
        entry.Name.Length <= FlagCounts.MaxNameLength ? new FeatureName(Encoding.UTF8.GetBytes(entry.Name)) : throw new FormatException();

    private static long CountOf(JsonProperty entry) => entry.Value.GetInt64() is > 0 and <= MaxCount and var count ? count : throw new FormatException();
}
