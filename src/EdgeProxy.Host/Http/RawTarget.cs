namespace EdgeProxy.Host.Http;

/// <summary>The parts of a raw request target (RFC 9112, section 3.2).</summary>
internal static class RawTarget
{
    private const string SchemeEnd = "://";

    /// <summary>The path, not decoded; empty for targets that have none.</summary>
    public static ReadOnlySpan<char> PathOf(string target)
    {
        var path = target.AsSpan();
        var query = path.IndexOf('?');
        if (query >= 0)
        {
            path = path[..query];
        }

        return path is ['/', ..] ? path : AfterAuthority(path);
    }

    /// <summary>Parses the absolute form, which requests to a forward proxy have, and which every server must accept.</summary>
    private static ReadOnlySpan<char> AfterAuthority(ReadOnlySpan<char> target)
    {
        var scheme = target.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (scheme <= 0)
        {
            return default;
        }

        var rest = target[(scheme + SchemeEnd.Length)..];
        var path = rest.IndexOf('/');
        return path < 0 ? default : rest[path..];
    }
}
