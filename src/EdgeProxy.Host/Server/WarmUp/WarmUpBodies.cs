using System.Buffers;
using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Server.WarmUp;

/// <summary>Bodies of requests, as SDKs and OpenFeature providers send them.</summary>
internal static class WarmUpBodies
{
    private const int MaxCounted = 20;

    /// <summary>An identity with traits.</summary>
    public static byte[] Identity(string identifier, IEnumerable<KeyValuePair<string, ScalarValue>> traits) => Write(writer =>
    {
        writer.WriteString("identifier"u8, identifier);
        writer.WriteStartArray("traits"u8);
        foreach (var (key, value) in traits)
        {
            writer.WriteStartObject();
            writer.WriteString("trait_key"u8, key);
            writer.WritePropertyName("trait_value"u8);
            Write(writer, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>A context with attributes.</summary>
    public static byte[] Context(string targetingKey, IEnumerable<KeyValuePair<string, ScalarValue>> attributes) => Write(writer =>
    {
        writer.WriteStartObject("context"u8);
        writer.WriteString("targetingKey"u8, targetingKey);
        foreach (var (key, value) in attributes)
        {
            writer.WritePropertyName(key);
            Write(writer, value);
        }

        writer.WriteEndObject();
    });

    /// <summary>One evaluation of each of some features.</summary>
    public static byte[] Counts(IEnumerable<string> features) => Write(writer =>
    {
        foreach (var feature in features.Take(MaxCounted))
        {
            writer.WriteNumber(feature, 1);
        }
    });

    private static void Write(Utf8JsonWriter writer, ScalarValue value)
    {
        if (value.Kind == ScalarKind.String)
        {
            writer.WriteStringValue(value.Text);
        }
        else
        {
            writer.WriteRawValue(value.Text);
        }
    }

    private static byte[] Write(Action<Utf8JsonWriter> writeMembers)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}
