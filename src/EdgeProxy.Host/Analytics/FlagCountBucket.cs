using System.Collections.Concurrent;

namespace EdgeProxy.Host.Analytics;

/// <summary>The counts of one environment with the same labels.</summary>
internal sealed class FlagCountBucket
{
    private readonly ConcurrentDictionary<FeatureName, CountCell> _cells = new(concurrencyLevel: 1, capacity: 31, FeatureNameComparer.Instance);
    private readonly ConcurrentDictionary<FeatureName, CountCell>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public FlagCountBucket(AnalyticsLabels labels, long now)
    {
        Labels = labels;
        LastUsed = now;
        _lookup = _cells.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The labels.</summary>
    public AnalyticsLabels Labels { get; }

    /// <summary>The timestamp of the latest flush that found a count.</summary>
    public long LastUsed { get; set; }

    /// <summary>The cells by name.</summary>
    public IEnumerable<KeyValuePair<FeatureName, CountCell>> Cells => _cells;

    /// <summary>The evaluations that wait.</summary>
    public long Waiting => _cells.Sum(static cell => cell.Value.Waiting);

    /// <summary>Adds to the count of a name, if there is a cell of it.</summary>
    public bool TryAdd(ReadOnlySpan<byte> name, long count) => _lookup.TryGetValue(name, out var cell) && cell.TryAdd(count);

    /// <summary>Adds to the count of a name, which may be new.</summary>
    /// <returns>True if the name was new.</returns>
    public bool Add(ReadOnlySpan<byte> name, long count)
    {
        while (!TryAdd(name, count))
        {
            var cell = new CountCell();
            cell.TryAdd(count);
            if (_lookup.TryAdd(name, cell))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a count that was taken before. For the flush: not thread-safe.</summary>
    public void AddKnown(ReadOnlySpan<byte> name, long count)
    {
        while (!(_lookup.TryGetValue(name, out var cell) && cell.TryAddKnown(count)))
        {
            cell = new CountCell();
            cell.TryAddKnown(count);
            if (_lookup.TryAdd(name, cell))
            {
                return;
            }
        }
    }

    /// <summary>Removes a name whose cell is retired.</summary>
    public void Remove(FeatureName name) => _cells.TryRemove(name, out _);
}
