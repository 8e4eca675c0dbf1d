namespace EdgeProxy.LoadTests.Model.Requests;

/// <summary>The share of each kind of request, in percent.</summary>
internal sealed class RequestMix
{
    private const int Whole = 100;

    private readonly (RequestKind Kind, int Share)[] _parts;

    /// <summary>A mix.</summary>
    /// <param name="parts">Kinds and their shares, which add up to 100.</param>
    public RequestMix(params (RequestKind Kind, int Share)[] parts)
    {
        if (parts.Sum(static part => part.Share) != Whole)
        {
            throw new ArgumentException($"The shares of a mix add up to {Whole}.", nameof(parts));
        }

        _parts = parts;
    }

    /// <summary>Nothing but flags.</summary>
    public static RequestMix Flags { get; } = new((RequestKind.Flags, Whole));

    /// <summary>Nothing but identities.</summary>
    public static RequestMix Identities { get; } = new((RequestKind.Identities, Whole));

    /// <summary>The document: SDKs that fetch it whole, and proxies and SDKs that ask whether it changed.</summary>
    public static RequestMix Document { get; } = new((RequestKind.Document, 50), (RequestKind.UnchangedDocument, 50));

    /// <summary>All of it, as a proxy before many backends sees it: mostly identities, now and then a document.</summary>
    public static RequestMix Everything { get; } = new(
        (RequestKind.Identities, 70), (RequestKind.Flags, 25), (RequestKind.UnchangedDocument, 4), (RequestKind.Document, 1));

    /// <summary>The kinds that occur.</summary>
    public IEnumerable<RequestKind> Kinds => _parts.Select(static part => part.Kind);

    /// <summary>The kind at a place.</summary>
    /// <param name="place">From 0 to 1, 1 excluded.</param>
    public RequestKind At(double place)
    {
        var left = place * Whole;
        foreach (var (kind, share) in _parts)
        {
            left -= share;
            if (left < 0)
            {
                return kind;
            }
        }

        return _parts[^1].Kind;
    }
}
