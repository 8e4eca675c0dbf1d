using System.Buffers;
using System.Text.Json;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>The member <c>eventStreams</c> of answers with all flags (docs/spec/ofrep.md 11.1).</summary>
internal static class EventStreamMember
{
    private const int InactivityDelaySeconds = 120;

    /// <summary>Renders the member with a comma before it.</summary>
    /// <param name="clientSideKey">The key in the URL: always this one, since browsers keep URLs and servers log them.</param>
    /// <param name="publicUrl">The root of the proxy, if streams are served from elsewhere than requests; null if not.</param>
    public static byte[] Render(string clientSideKey, Uri? publicUrl)
    {
        var member = new ArrayBufferWriter<byte>();
        member.Write(",\"eventStreams\":"u8);
        using (var writer = new Utf8JsonWriter(member, CompactJson.Options))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("type"u8, "sse"u8);
            writer.WriteStartObject("endpoint"u8);
            if (publicUrl is not null)
            {
                writer.WriteString("origin"u8, publicUrl.GetLeftPart(UriPartial.Authority));
            }

            var path = publicUrl?.AbsolutePath.TrimEnd('/') ?? "";
            writer.WriteString("requestUri"u8, $"{path}{OfrepPaths.Events}?{OfrepPaths.EnvironmentParameter}={Uri.EscapeDataString(clientSideKey)}");
            writer.WriteEndObject();
            writer.WriteNumber("inactivityDelaySec"u8, InactivityDelaySeconds);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        return member.WrittenSpan.ToArray();
    }
}
