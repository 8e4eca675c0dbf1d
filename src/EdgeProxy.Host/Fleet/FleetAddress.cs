namespace EdgeProxy.Host.Fleet;

/// <summary>The address of a store: <c>redis[s]://[user:password@]host[:port][,host:port…][/database][?sentinel=NAME]</c>.</summary>
/// <param name="IsTls">True for TLS.</param>
/// <param name="User">The user; null for the default one.</param>
/// <param name="Password">The password; null for none.</param>
/// <param name="Hosts">Each host, with its port if one is given.</param>
/// <param name="Database">The number of the database; null for the default one.</param>
/// <param name="Sentinel">The name of the master to ask Sentinels for; null if the hosts are servers themselves.</param>
internal sealed record FleetAddress(bool IsTls, string? User, string? Password, IReadOnlyList<string> Hosts, int? Database, string? Sentinel)
{
    /// <summary>The form of an address, for messages.</summary>
    public const string Expectation = "redis:// or rediss://, [user:password@]host[:port][,host:port…][/database], optionally ?sentinel=NAME, with user and password percent-encoded";

    private const string SentinelQuery = "sentinel=";

    /// <summary>Parses an address; null if it is none.</summary>
    public static FleetAddress? Parse(string text)
    {
        var isTls = text.StartsWith("rediss://", StringComparison.OrdinalIgnoreCase);
        if (!isTls && !text.StartsWith("redis://", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var (rest, query) = Split(text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..], '?');
        var at = rest.LastIndexOf('@');
        var (user, password) = at < 0 ? (null, null) : Split(rest[..at], ':');
        var (hosts, path) = Split(rest[(at + 1)..], '/');
        var sentinel = query?.StartsWith(SentinelQuery, StringComparison.Ordinal) == true ? Uri.UnescapeDataString(query[SentinelQuery.Length..]) : null;
        var names = hosts.Split(',');
        var database = string.IsNullOrEmpty(path) ? null : int.TryParse(path, out var number) && number >= 0 ? number : (int?)-1;
        return names.All(IsHost) && database is not < 0 && (string.IsNullOrEmpty(query) || !string.IsNullOrEmpty(sentinel))
            ? new FleetAddress(isTls, Decode(user), Decode(password), names, database, sentinel)
            : null;
    }

    /// <summary>The address for logs: without user and password.</summary>
    public override string ToString() =>
        $"{(IsTls ? "rediss" : "redis")}://{string.Join(',', Hosts)}{(Database is { } number ? $"/{number}" : "")}{(Sentinel is null ? "" : $"?{SentinelQuery}{Sentinel}")}";

    private static (string First, string? Second) Split(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);

    private static string? Decode(string? text) => string.IsNullOrEmpty(text) ? null : Uri.UnescapeDataString(text);

    private static bool IsHost(string text) =>
        Uri.TryCreate($"tcp://{text}", UriKind.Absolute, out var url) && url.Host.Length > 0 && url is { UserInfo.Length: 0, AbsolutePath: "" or "/", Query.Length: 0 };
}
