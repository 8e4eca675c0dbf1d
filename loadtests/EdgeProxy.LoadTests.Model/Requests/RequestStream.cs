using EdgeProxy.Workloads;

namespace EdgeProxy.LoadTests.Model.Requests;

/// <summary>The requests of a run, one after the other; the same in each run. Any number of threads may take from it.</summary>
internal sealed class RequestStream
{
    /// <summary>The number of identities.</summary>
    public const int Population = 100_000;

    private const int KindSeed = 20;
    private const int IdentitySeed = 21;

    private static readonly IdentitySpread Spread = new(Population, IdentitySeed);

    private readonly RequestMix _mix;
    private readonly LoadKeys _keys;
    private readonly string _documentTag;
    private long _taken;

    /// <summary>A stream.</summary>
    /// <param name="mix">The mix of requests.</param>
    /// <param name="keys">The keys of the environment.</param>
    /// <param name="documentTag">The entity tag of its document, as the server sends it.</param>
    public RequestStream(RequestMix mix, LoadKeys keys, string documentTag)
    {
        _mix = mix;
        _keys = keys;
        _documentTag = documentTag;
    }

    /// <summary>The next one.</summary>
    public LoadRequest Next() => At(Interlocked.Increment(ref _taken));

    /// <summary>The request with a number.</summary>
    public LoadRequest At(long number) => _mix.At(Scatter.At(number, KindSeed)) switch
    {
        RequestKind.Flags => new LoadRequest(RequestKind.Flags, "/api/v1/flags/", _keys.ClientSide),
        RequestKind.Identities => Identity(LoadIdentity.OfRank(Spread.RankAt(number))),
        RequestKind.Document => LoadRequest.Document(_keys),
        _ => LoadRequest.Document(_keys) with { Kind = RequestKind.UnchangedDocument, IfNoneMatch = _documentTag },
    };

    // Without traits the SDKs for browsers ask with GET.
    private LoadRequest Identity(LoadIdentity identity)
    {
        var request = new LoadRequest(RequestKind.Identities, "/api/v1/identities/", _keys.ClientSide) { Identifier = identity.Identifier };
        return identity.Traits.Count == 0
            ? request with { Path = $"{request.Path}?identifier={identity.Identifier}" }
            : request with { Body = IdentityRequests.Body(identity.Identifier, identity.Traits) };
    }
}
