using System.Text.Json;

namespace EdgeProxy.Host.Common;

/// <summary>Times in JSON.</summary>
internal static class JsonTime
{
    /// <summary>Writes a member with a time, or null.</summary>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            writer.WriteString(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
