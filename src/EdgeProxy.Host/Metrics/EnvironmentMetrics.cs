using System.Security.Cryptography;
using System.Text;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Metrics;

/// <summary>
/// The counters of one environment, for as long as it is served: one that is removed and added again starts at zero.
/// </summary>
internal sealed class EnvironmentMetrics
{
    /// <summary>The name of the endpoint whose answers are evaluated identities.</summary>
    public const string IdentitiesEndpoint = "identities";

    private const int HashBytesShown = 4;
    private const int OutcomeCount = (int)FetchOutcome.Held + 1;

    private readonly long[] _fetches = new long[OutcomeCount];
    private readonly long[] _announced = new long[Enum.GetValues<ChangeSource>().Length];
    private long _laggingFetches;
    private long _updates;
    private long _rejected;
    private long _held;
    private long _abortedEvaluations;
    private long _compilations;
    private long _compileTicks;

    /// <param name="clientSideKey">The client-side key.</param>
    public EnvironmentMetrics(string clientSideKey)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(clientSideKey));
        Key = $"{KeyMask.Mask(clientSideKey)}{Convert.ToHexStringLower(hash.AsSpan(0, HashBytesShown))}";
    }

    /// <summary>The unique id, which is not the key: the masked key, and the beginning of its hash.</summary>
    public string Key { get; }

    /// <summary>The counters of its stream of changes.</summary>
    public UpstreamStreamCounters UpstreamStream { get; } = new();

    /// <summary>The requests of the environment.</summary>
    public RequestCounts Requests { get; } = new();

    /// <summary>The event streams of the environment.</summary>
    public StreamCounts Streams { get; } = new();

    /// <summary>The number of evaluated identities; each such request is one.</summary>
    public long IdentitiesEvaluated => Requests.Of(IdentitiesEndpoint, StatusCodes.Status200OK);

    /// <summary>The number of updates.</summary>
    public long Updates => Interlocked.Read(ref _updates);

    /// <summary>The number of rejected documents.</summary>
    public long RejectedDocuments => Interlocked.Read(ref _rejected);

    /// <summary>The number of versions that were held.</summary>
    public long HeldVersions => Interlocked.Read(ref _held);

    /// <summary>The number of evaluations that ran out of steps.</summary>
    public long AbortedEvaluations => Interlocked.Read(ref _abortedEvaluations);

    /// <summary>The number of documents that were checked and compiled.</summary>
    public long Compilations => Interlocked.Read(ref _compilations);

    /// <summary>The total time of these compilations.</summary>
    public TimeSpan CompileTime => new(Interlocked.Read(ref _compileTicks));

    /// <summary>The number of fetches with an outcome.</summary>
    public long Fetches(FetchOutcome outcome) => Interlocked.Read(ref _fetches[(int)outcome]);

    /// <summary>Counts a fetch.</summary>
    public void Fetched(FetchOutcome outcome) => Interlocked.Increment(ref _fetches[(int)outcome]);

    /// <summary>The number of changes that were announced by a source.</summary>
    public long AnnouncedChanges(ChangeSource source) => Interlocked.Read(ref _announced[(int)source]);

    /// <summary>Counts an announced change.</summary>
    public void Announced(ChangeSource source) => Interlocked.Increment(ref _announced[(int)source]);

    /// <summary>The number of fetches that brought a document older than the announced change.</summary>
    public long LaggingFetches => Interlocked.Read(ref _laggingFetches);

    /// <summary>Counts a fetch that brought a document older than the announced change.</summary>
    public void FetchLagged() => Interlocked.Increment(ref _laggingFetches);

    /// <summary>Counts an update.</summary>
    public void Updated() => Interlocked.Increment(ref _updates);

    /// <summary>Counts a document that was rejected, whatever its source.</summary>
    public void Rejected() => Interlocked.Increment(ref _rejected);

    /// <summary>Counts a version that was held.</summary>
    public void Held() => Interlocked.Increment(ref _held);

    /// <summary>Counts an evaluation that ran out of steps.</summary>
    public void EvaluationAborted() => Interlocked.Increment(ref _abortedEvaluations);

    /// <summary>Counts a compilation.</summary>
    public void Compiled(TimeSpan elapsed)
    {
        Interlocked.Add(ref _compileTicks, elapsed.Ticks);
        Interlocked.Increment(ref _compilations);
    }
}
