using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Metrics;

/// <summary>The counters of the server as a whole.</summary>
internal sealed class ServerMetrics
{
    private readonly StripedCells _shed = new(1);
    private readonly StripedCells _ofrepNotModified = new(1);
    private readonly long[] _streamsEnded = new long[Enum.GetValues<StreamEnd>().Length];
    private long _rejectedStreams;
    private long _ignoredChanges;
    private long _refetchesBehind;

    public ServerMetrics(TimeProvider time)
    {
        Durations = new RequestDurations(time);
        ChangeDelays = new ChangeDelays(time);
    }

    /// <summary>The requests that belong to no known environment.</summary>
    public RequestCounts Requests { get; } = new();

    /// <summary>The durations of all requests.</summary>
    public RequestDurations Durations { get; }

    /// <summary>The times from announcements of changes until they were served.</summary>
    public ChangeDelays ChangeDelays { get; }

    /// <summary>The number of requests rejected because of overload.</summary>
    public long ShedRequests => _shed.Sum(0);

    /// <summary>The number of announced changes that concern no environment of this proxy.</summary>
    public long IgnoredChanges => Interlocked.Read(ref _ignoredChanges);

    /// <summary>The number of OFREP requests for a revision that was not served yet.</summary>
    public long RefetchesBehind => Interlocked.Read(ref _refetchesBehind);

    /// <summary>Counts an OFREP request for a revision that is not served yet.</summary>
    public void CountRefetchBehind() => Interlocked.Increment(ref _refetchesBehind);

    /// <summary>The number of OFREP answers with 304.</summary>
    public long OfrepNotModified => _ofrepNotModified.Sum(0);

    /// <summary>Counts an OFREP answer with 304. Allocates nothing, and does not block.</summary>
    public void CountOfrepNotModified() => _ofrepNotModified.Add(0, 1);

    /// <summary>Counts an announced change that concerns no environment of this proxy.</summary>
    public void ChangeIgnored() => Interlocked.Increment(ref _ignoredChanges);

    /// <summary>The number of streams of all environments that ended for a reason.</summary>
    public long StreamsEnded(StreamEnd reason) => Interlocked.Read(ref _streamsEnded[(int)reason]);

    /// <summary>Counts a stream that ended.</summary>
    public void StreamEnded(StreamEnd reason) => Interlocked.Increment(ref _streamsEnded[(int)reason]);

    /// <summary>The number of streams rejected because too many were open.</summary>
    public long RejectedStreams => Interlocked.Read(ref _rejectedStreams);

    /// <summary>Counts a stream rejected because too many were open.</summary>
    public void StreamRejected() => Interlocked.Increment(ref _rejectedStreams);

    /// <summary>Counts a request rejected because of overload. Allocates nothing, and does not block.</summary>
    public void RequestsShed() => _shed.Add(0, 1);
}
