namespace EdgeProxy.Host.Upstream.ForwardProxy;

/// <summary>
/// The addresses that are reached without a forward proxy (<c>NO_PROXY</c>): entries separated by commas or spaces.
/// </summary>
internal sealed class BypassList
{
    private readonly BypassEntry[] _entries;

    public BypassList(string? text)
    {
        var entries = (text ?? "").Split([',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _entries = [.. entries.Select(BypassEntry.Parse).OfType<BypassEntry>()];
    }

    /// <summary>Determines whether an address is reached directly.</summary>
    public bool Matches(Uri url) => Array.Exists(_entries, entry => entry.Matches(url));
}
