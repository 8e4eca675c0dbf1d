using System.Globalization;

namespace EdgeProxy.Host.Common;

/// <summary>Times in answers, in the form of ISO 8601.</summary>
internal static class IsoTime
{
    /// <summary>Formats a time as Flagsmith does: to the microsecond, with its offset.</summary>
    public static string Format(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
}
