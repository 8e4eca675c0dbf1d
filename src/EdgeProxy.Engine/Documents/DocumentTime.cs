using System.Globalization;

namespace EdgeProxy.Engine.Documents;

/// <summary>Times as documents spell them.</summary>
internal static class DocumentTime
{
    /// <summary>A time without a zone is UTC; one that cannot be read is none, and conditional requests do without.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
