using System.Collections.Concurrent;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Analytics;

/// <summary>
/// The evaluations that SDKs counted in one environment and that the upstream was not told of yet, by labels and feature.
/// Any thread may add; one flush at a time takes. In the steady state adding allocates nothing and takes no lock.
/// </summary>
internal sealed partial class FlagCounts
{
    /// <summary>The largest number of characters of a name.</summary>
    public const int MaxNameLength = 2000;

    /// <summary>The largest number of names that wait before the document is loaded.</summary>
    public const int MaxUnknownNames = 1000;

    /// <summary>The largest count of an entry, and of a name in one request to the upstream.</summary>
    public const int MaxCount = int.MaxValue;

    private static readonly TimeSpan IdleBucketLifetime = TimeSpan.FromHours(1);

    private readonly int _maxLabels;
    private readonly AnalyticsMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly FlagCountBucket _unlabelled;
    private readonly ConcurrentDictionary<AnalyticsLabels, FlagCountBucket> _labelled = new(concurrencyLevel: 1, capacity: 7);
    private readonly List<FlagCountBucket> _leaving = [];
    private FeatureNameIndex? _index;
    private EnvironmentSnapshot? _checkedAgainst;
    private int _labels;
    private int _unchecked;

    public FlagCounts(string clientSideKey, int maxLabels, AnalyticsMetrics metrics, TimeProvider time)
    {
        ClientSideKey = clientSideKey;
        _maxLabels = maxLabels;
        _metrics = metrics;
        _time = time;
        Since = time.GetUtcNow();
        _unlabelled = new FlagCountBucket(AnalyticsLabels.None, time.GetTimestamp());
    }

    /// <summary>The client-side key of the environment.</summary>
    public string ClientSideKey { get; }

    /// <summary>The evaluations that wait.</summary>
    public long Waiting => Buckets.Sum(static bucket => bucket.Waiting) + _evaluations.Waiting;

    /// <summary>The number of buckets, the one without labels included.</summary>
    public int BucketCount => _labelled.Count + 1;

    private IEnumerable<FlagCountBucket> Buckets
    {
        get
        {
            lock (_leaving)
            {
                return [_unlabelled, .. _labelled.Values, .. _leaving];
            }
        }
    }

    /// <summary>The bucket of a set of labels, if there is one.</summary>
    public FlagCountBucket? FindExisting(in AnalyticsLabels labels) => labels == AnalyticsLabels.None ? _unlabelled : _labelled.GetValueOrDefault(labels);

    /// <summary>The bucket of a set of labels; the one without labels if there are too many.</summary>
    public FlagCountBucket Find(in AnalyticsLabels labels)
    {
        if (labels == AnalyticsLabels.None)
        {
            return _unlabelled;
        }

        if (_labelled.TryGetValue(labels, out var bucket))
        {
            return bucket;
        }

        if (Interlocked.Increment(ref _labels) > _maxLabels)
        {
            Interlocked.Decrement(ref _labels);
            _metrics.CountUnlabelled();
            return _unlabelled;
        }

        var created = new FlagCountBucket(labels, _time.GetTimestamp());
        bucket = _labelled.GetOrAdd(labels, created);
        if (bucket != created)
        {
            Interlocked.Decrement(ref _labels);
        }

        return bucket;
    }

    /// <summary>Adds to a count.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="name">The name as it came.</param>
    /// <param name="count">The count, from 1 to <see cref="MaxCount"/>.</param>
    /// <param name="snapshot">The environment; null if it is not loaded yet.</param>
    public EntryOutcome Add(FlagCountBucket bucket, ReadOnlySpan<byte> name, long count, EnvironmentSnapshot? snapshot)
    {
        if (snapshot is not null)
        {
            var real = IndexOf(snapshot).Resolve(name);
            if (real.IsEmpty)
            {
                return EntryOutcome.UnknownFeature;
            }

            bucket.Add(real, count);
            return EntryOutcome.Accepted;
        }

        if (bucket.TryAdd(name, count))
        {
            return EntryOutcome.Accepted;
        }

        if (Interlocked.Increment(ref _unchecked) > MaxUnknownNames)
        {
            Interlocked.Decrement(ref _unchecked);
            return EntryOutcome.NoRoom;
        }

        if (!bucket.Add(name, count))
        {
            Interlocked.Decrement(ref _unchecked);
        }

        return EntryOutcome.Accepted;
    }

    /// <summary>The real name of a feature; empty if there is none.</summary>
    public ReadOnlySpan<byte> RealNameOf(ReadOnlySpan<byte> name, EnvironmentSnapshot snapshot) => IndexOf(snapshot).Resolve(name);

    private FeatureNameIndex IndexOf(EnvironmentSnapshot snapshot)
    {
        var index = Volatile.Read(ref _index);
        if (index?.Snapshot != snapshot)
        {
            index = new FeatureNameIndex(snapshot);
            Volatile.Write(ref _index, index);
        }

        return index;
    }
}
