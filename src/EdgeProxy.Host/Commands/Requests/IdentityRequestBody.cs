using System.Buffers;
using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Commands.Requests;

/// <summary>Bodies of <c>POST /api/v1/identities/</c>.</summary>
internal static class IdentityRequestBody
{
    /// <summary>Creates the body for an identity.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="isTransient">True to keep a Flagsmith API from storing it.</param>
    public static byte[] Of(Identity identity, bool isTransient = false)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("identifier"u8, identity.Identifier);
            writer.WriteStartArray("traits"u8);
            foreach (var (key, value) in identity.Traits)
            {
                writer.WriteStartObject();
                writer.WriteString("trait_key"u8, key);
                writer.WritePropertyName("trait_value"u8);
                if (value.Kind == ScalarKind.String)
                {
                    writer.WriteStringValue(value.Text);
                }
                else
                {
                    writer.WriteRawValue(value.Text);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (isTransient)
            {
                writer.WriteBoolean("transient"u8, value: true);
            }

            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}
