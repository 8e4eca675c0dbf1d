using System.Text;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>Bytes as text that a shell's <c>printf</c> turns into the same bytes.</summary>
internal static class Escaped
{
    private const int MaxShown = 4096;

    /// <summary>The text, without quotes around it.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var value in bytes[..Math.Min(MaxShown, bytes.Length)])
        {
            _ = value switch
            {
                (byte)'\r' => text.Append("\\r"),
                (byte)'\n' => text.Append("\\n"),
                (byte)'%' => text.Append("%%"),
                (byte)'\\' => text.Append("\\\\"),
                (byte)'\'' or < (byte)' ' or > (byte)'~' => text.Append('\\').Append(Convert.ToString(value, 8).PadLeft(3, '0')),
                _ => text.Append((char)value),
            };
        }

        return bytes.Length > MaxShown ? $"{text}… ({bytes.Length} bytes)" : text.ToString();
    }
}
