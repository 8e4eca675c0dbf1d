using System.Text;

namespace EdgeProxy.Host.Http;

/// <summary>The paths of OFREP (docs/spec/ofrep.md 1).</summary>
internal static class OfrepPaths
{
    /// <summary>All flags.</summary>
    public const string Flags = "/ofrep/v1/evaluate/flags";

    /// <summary>One flag.</summary>
    public const string Flag = Flags + "/{*key}";

    /// <summary>The event stream.</summary>
    public const string Events = "/ofrep/v1/events";

    /// <summary>The parameter of <see cref="Events"/> that has the key of the environment.</summary>
    public const string EnvironmentParameter = "environment";

    /// <summary>The parameter of <see cref="Flags"/> that has the revision that an event told of.</summary>
    public const string RevisionParameter = "flagConfigEtag";

    private const string Root = "/ofrep";

    /// <summary>Determines whether a request is for a path of OFREP, or for one that is not there.</summary>
    public static bool Contain(string rawTarget)
    {
        var path = RawTarget.PathOf(rawTarget);
        return path.StartsWith(Root, StringComparison.Ordinal) && (path.Length == Root.Length || path[Root.Length] == '/');
    }

    /// <summary>Determines whether a request follows an event: its client does not repeat it.</summary>
    public static bool IsRefetch(Exchange exchange) =>
        exchange.Route.Protocol == ApiProtocol.Ofrep && exchange.QueryString.Contains(RevisionParameter, StringComparison.Ordinal);

    /// <summary>The key of the flag in a request target, as it stands there: all that follows; empty if there is none.</summary>
    public static ReadOnlySpan<char> RawKeyOf(string rawTarget)
    {
        var path = RawTarget.PathOf(rawTarget);
        return path.Length > Flags.Length + 1 && path.StartsWith(Flags, StringComparison.Ordinal) && path[Flags.Length] == '/' ? path[(Flags.Length + 1)..] : default;
    }

    /// <summary>The key of the flag in a request target, decoded; empty if there is none.</summary>
    public static string KeyOf(string rawTarget)
    {
        var raw = RawKeyOf(rawTarget);
        var key = new byte[PercentText.MaxLength(raw.Length)];
        return Encoding.UTF8.GetString(key.AsSpan(0, PercentText.Decode(raw, plusIsBlank: false, key)));
    }
}
