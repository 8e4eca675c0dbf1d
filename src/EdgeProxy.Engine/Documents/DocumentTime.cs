using System.Globalization;

namespace EdgeProxy.Engine.Documents;

/// <summary>Parses the times of documents.</summary>
internal static class DocumentTime
{
    /// <summary>
    /// Parses a time; without a zone it is UTC; null if it is invalid, and then there are no conditional requests by date.
    /// </summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
