using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Analytics;

/// <content>Delivery: a flush takes counts, and settles them or adds them back. Requests take none of these locks.</content>
internal sealed partial class FlagCounts
{
    // Held while counts move between cells and the request under way, so that what is owed can be read as a whole.
    private readonly Lock _moving = new();
    private FlagCountBatch? _underWay;

    /// <summary>The number of times that counts of an earlier process were added.</summary>
    public int Restorations { get; private set; }

    /// <summary>
    /// Takes everything that waits, a request after the other. Each must be settled or added back before the next; what was
    /// not enumerated waits on.
    /// </summary>
    /// <param name="snapshot">The environment; null if it is not loaded yet.</param>
    public IEnumerable<IAnalyticsBatch> TakeAll(EnvironmentSnapshot? snapshot) => Take(snapshot).Concat<IAnalyticsBatch>(TakeEvaluations(snapshot));

    /// <summary>
    /// Takes the counts that wait, a request after the other. Each must be settled or added back before the next; what was not
    /// enumerated waits on.
    /// </summary>
    /// <param name="snapshot">The environment; null if it is not loaded yet.</param>
    public IEnumerable<FlagCountBatch> Take(EnvironmentSnapshot? snapshot)
    {
        lock (_moving)
        {
            Prepare(snapshot);
        }

        foreach (var bucket in Buckets)
        {
            using var cells = bucket.Cells.GetEnumerator();
            while (TakeNext(bucket, cells) is { } batch)
            {
                yield return batch;
            }
        }

        ReleaseIdleBuckets(_time.GetTimestamp());
    }

    /// <summary>Notes that counts were delivered, or rejected for good.</summary>
    public void Settle(IAnalyticsBatch batch)
    {
        lock (_moving)
        {
            _underWay = ReferenceEquals(_underWay, batch) ? null : _underWay;
        }
    }

    /// <summary>Adds counts back that could not be sent.</summary>
    public void AddBack(IAnalyticsBatch batch)
    {
        if (batch is EvaluationBatch evaluations)
        {
            _evaluations.AddBack(evaluations);
            return;
        }

        lock (_moving)
        {
            _underWay = null;
            AddKnown((FlagCountBatch)batch);
        }
    }

    /// <summary>Adds counts that an earlier process could not send.</summary>
    public void Restore(IEnumerable<FlagCountBatch> batches)
    {
        lock (_moving)
        {
            Restorations++;
            _checkedAgainst = null; // the document may have changed since
            foreach (var batch in batches)
            {
                AddKnown(batch);
            }
        }
    }

    /// <summary>All counts that are not delivered: those that wait and those under way.</summary>
    public IReadOnlyList<FlagCountBatch> Owed()
    {
        lock (_moving)
        {
            CollectSums(forgets: false);
            var owed = new List<FlagCountBatch>();
            foreach (var bucket in Buckets)
            {
                KeyValuePair<FeatureName, long>[] entries =
                    [.. bucket.Cells.Select(static cell => KeyValuePair.Create(cell.Key, cell.Value.Waiting)).Where(static entry => entry.Value > 0)];
                if (entries.Length > 0)
                {
                    owed.Add(new FlagCountBatch(bucket.Labels, entries));
                }
            }

            return _underWay is null ? owed : [.. owed, _underWay];
        }
    }

    private FlagCountBatch? TakeNext(FlagCountBucket bucket, IEnumerator<KeyValuePair<FeatureName, CountCell>> cells)
    {
        lock (_moving)
        {
            var entries = new List<KeyValuePair<FeatureName, long>>();
            while (entries.Count < FlagCountBatch.MaxNames && cells.MoveNext())
            {
                var (name, cell) = cells.Current;
                if (cell.Take(MaxCount, out var unknown) is > 0 and var count)
                {
                    entries.Add(new(name, count));
                    Note(name, unknown);
                }
            }

            if (entries.Count == 0)
            {
                return null;
            }

            bucket.LastUsed = _time.GetTimestamp();
            return _underWay = new FlagCountBatch(bucket.Labels, entries);
        }
    }

    private void AddKnown(FlagCountBatch batch)
    {
        var bucket = Find(batch.Labels);
        foreach (var (name, count) in batch.Entries)
        {
            bucket.AddKnown(name.Utf8, count);
        }
    }

    /// <summary>
    /// Frees the places of buckets that stayed empty. A request that had found such a bucket before may still add to it: it
    /// is looked at until the next flush finds it empty.
    /// </summary>
    private void ReleaseIdleBuckets(long now)
    {
        lock (_leaving)
        {
            _leaving.RemoveAll(static bucket => bucket.Waiting == 0);
            foreach (var (labels, bucket) in _labelled)
            {
                if (_time.GetElapsedTime(bucket.LastUsed, now) >= IdleBucketLifetime && bucket.Waiting == 0)
                {
                    _labelled.TryRemove(labels, out _);
                    Interlocked.Decrement(ref _labels);
                    _leaving.Add(bucket);
                }
            }
        }
    }
}
