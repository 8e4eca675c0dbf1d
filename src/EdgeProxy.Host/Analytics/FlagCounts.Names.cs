using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Analytics;

/// <content>Names that the document does not have, or has in another spelling.</content>
internal sealed partial class FlagCounts
{
    private void Prepare(EnvironmentSnapshot? snapshot)
    {
        CollectSums(forgets: snapshot is null || snapshot != _checkedAgainst || Volatile.Read(ref _unchecked) > 0);
        if (snapshot is null)
        {
            ReleaseUnknownNames();
        }
        else if (snapshot != _checkedAgainst || Volatile.Read(ref _unchecked) > 0)
        {
            Volatile.Write(ref _unchecked, 0);
            _checkedAgainst = snapshot;
            CheckNames(IndexOf(snapshot));
        }
    }

    /// <summary>Moves what requests counted by the form of their bodies into the cells.</summary>
    /// <param name="forgets">True if names are to be checked: the forms are learnt anew.</param>
    private void CollectSums(bool forgets)
    {
        foreach (var bucket in Buckets)
        {
            Interlocked.Add(ref _unchecked, bucket.CollectSums(forgets));
        }
    }

    /// <summary>Makes room for other names, as far as nothing waits under these.</summary>
    private void ReleaseUnknownNames()
    {
        foreach (var bucket in Buckets)
        {
            foreach (var (name, cell) in bucket.Cells)
            {
                if (cell.TryRetireEmpty())
                {
                    bucket.Remove(name);
                    if (Interlocked.Decrement(ref _unchecked) < 0)
                    {
                        Interlocked.Increment(ref _unchecked); // it was a name of the document
                    }
                }
            }
        }
    }

    /// <summary>Drops the names that the document does not have, and gives the others their real names.</summary>
    private void CheckNames(FeatureNameIndex index)
    {
        foreach (var bucket in Buckets)
        {
            foreach (var (name, cell) in bucket.Cells)
            {
                var real = index.Resolve(name.Utf8);
                if (real.SequenceEqual(name.Utf8))
                {
                    continue;
                }

                var count = cell.Retire(out var known);
                bucket.Remove(name);
                if (real.IsEmpty)
                {
                    _metrics.CountLost(LossReason.UnknownFeature, count);
                    continue;
                }

                bucket.Add(real, count - known);
                bucket.AddKnown(real, known);
            }
        }

        foreach (var name in _usage.Keys.Where(name => !index.Snapshot.HasFeature(name.Utf8)).ToList())
        {
            _usage.Remove(name);
        }
    }
}
