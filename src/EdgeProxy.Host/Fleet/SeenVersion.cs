using System.Globalization;

namespace EdgeProxy.Host.Fleet;

/// <summary>A version, and what is known of when the upstream had the document, in milliseconds of the store's clock since 1970.</summary>
/// <param name="Version">The version.</param>
/// <param name="FirstSeen">A time by which the upstream had returned it, to any member; null if none is known.</param>
/// <param name="LastSeen">A time since which the upstream has returned it at least once more; null if none is known.</param>
internal sealed record SeenVersion(FleetVersion Version, long? FirstSeen = null, long? LastSeen = null)
{
    private const string None = "-";

    /// <summary>Serializes version and first time, for the next start.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Version} {FirstSeen?.ToString(CultureInfo.InvariantCulture) ?? None}");

    /// <summary>Reads what was serialized; null if it is none.</summary>
    public static SeenVersion? Parse(string text)
    {
        var at = text.LastIndexOf(' ');
        if (at < 0 || FleetVersion.Parse(text[..at]) is not { } version)
        {
            return null;
        }

        return text.AsSpan(at + 1) is None ? new SeenVersion(version)
            : long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? new SeenVersion(version, seen)
            : null;
    }
}
