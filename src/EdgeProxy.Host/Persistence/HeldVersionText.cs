using System.Buffers;
using System.Globalization;
using System.Text.Json;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Persistence;

/// <summary>A held version in the form of the store: JSON without anything of an identity or of the document but names of features.</summary>
internal static class HeldVersionText
{
    /// <summary>Writes a version.</summary>
    public static byte[] Write(HeldVersion version)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("content"u8, version.Content.ToString("x32", CultureInfo.InvariantCulture));
        writer.WriteString("revision"u8, version.Position.Revision);
        if (version.Position.UpdatedAt is { } updatedAt)
        {
            writer.WriteString("updated_at"u8, updatedAt);
        }

        writer.WriteString("since"u8, version.Since);
        writer.WriteNumber("identities"u8, version.Impact.Identities);
        writer.WriteNumber("changed"u8, version.Impact.Changed);
        writer.WriteStartObject("features"u8);
        foreach (var feature in version.Impact.Features)
        {
            writer.WriteNumber(feature.Feature, feature.Identities);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a version; null if the text is none.</summary>
    public static HeldVersion? Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            var features = root.GetProperty("features"u8).EnumerateObject().Select(static feature => new FeatureImpact(feature.Name, feature.Value.GetInt32()));
            return new HeldVersion(
                UInt128.Parse(root.GetProperty("content"u8).GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                new DocumentPosition(
                    root.TryGetProperty("updated_at"u8, out var updatedAt) ? updatedAt.GetDateTimeOffset() : null, root.GetProperty("revision"u8).GetString()!),
                root.GetProperty("since"u8).GetDateTimeOffset(),
                new AnswerImpact(root.GetProperty("identities"u8).GetInt32(), root.GetProperty("changed"u8).GetInt32(), [.. features]),
                Document: null);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or ArgumentNullException)
        {
            return null; // of another version of the program
        }
    }
}
