using System.Globalization;
using System.Text.Json;

namespace EdgeProxy.Host.Environments;

/// <summary>The time of an announced change, as the Flagsmith API spells it (docs/spec/realtime.md 2.2).</summary>
internal static class ChangeTime
{
    private const double FirstMilliseconds = 1e11;
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(1);
    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads <c>updated_at</c> of a body.</summary>
    /// <param name="body">JSON in UTF-8.</param>
    /// <param name="time">The time; null for a number that is no time.</param>
    /// <returns>False if there is none, or it is neither a text that is a time nor a number.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, out DateTimeOffset? time)
    {
        time = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("updated_at"u8, out var member))
            {
                return false;
            }

            switch (member.ValueKind)
            {
                case JsonValueKind.Number:
                    time = OfNumber(member.GetDouble());
                    return true;
                case JsonValueKind.String when DateTimeOffset.TryParseExact(
                    member.GetString(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read):
                    time = read;
                    return true;
                default:
                    return false;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false; // no JSON, or half of a surrogate pair
        }
    }

    /// <summary>Determines whether a change can have a time: not more than a day ahead.</summary>
    public static bool IsPlausible(DateTimeOffset time, DateTimeOffset now) => time <= now + MaxAhead;

    /// <summary>Reads seconds since 1970, to the microsecond, as documents have them; milliseconds if they would be after the year 5000.</summary>
    /// <returns>Null for a number that is no time.</returns>
    public static DateTimeOffset? OfNumber(double number)
    {
        var seconds = number > FirstMilliseconds ? number / 1000 : number;
        return seconds is > 0 and <= FirstMilliseconds
            ? DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * 1e6) * TimeSpan.TicksPerMicrosecond)
            : null;
    }
}
