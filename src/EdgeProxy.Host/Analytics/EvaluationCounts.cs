using System.Collections.Concurrent;

namespace EdgeProxy.Host.Analytics;

/// <summary>
/// The evaluations of one environment by feature, identity and state. Identifiers are kept in memory only, and as many as
/// there is room for; further evaluations are counted without. Any thread may add; one flush at a time takes.
/// </summary>
internal sealed class EvaluationCounts
{
    /// <summary>The largest number of combinations that wait.</summary>
    public const int MaxCombinations = 10_000;

    /// <summary>The largest number of characters of all combinations that wait.</summary>
    public const int MaxCharacters = 4 * 1024 * 1024;

    // Cells are found by their keys.
    private static readonly FeatureName NoName = new([]);

    private readonly ConcurrentDictionary<EvaluationKey, CountCell> _cells = new(concurrencyLevel: 1, capacity: 31);
    private int _combinations;
    private int _characters;

    /// <summary>The evaluations that wait.</summary>
    public long Waiting => _cells.Sum(static cell => cell.Value.Waiting);

    /// <summary>The number of combinations that wait.</summary>
    public int Combinations => Volatile.Read(ref _combinations);

    /// <summary>Adds to a count.</summary>
    /// <param name="key">The combination.</param>
    /// <param name="count">The count.</param>
    /// <param name="isFeature">True if the document has the feature, so that the number of names is limited.</param>
    /// <returns>False if there is no room.</returns>
    public bool TryAdd(in EvaluationKey key, long count, bool isFeature)
    {
        while (true)
        {
            if (_cells.TryGetValue(key, out var cell))
            {
                if (cell.TryAdd(count))
                {
                    return true;
                }

                continue; // taken a moment ago
            }

            var hasRoom = Interlocked.Increment(ref _combinations) <= MaxCombinations & Interlocked.Add(ref _characters, key.Length) <= MaxCharacters;
            if (!hasRoom && (key.Identifier is not null || !isFeature))
            {
                Leave(key);
                return key.Identifier is not null && TryAdd(key with { Identifier = null }, count, isFeature);
            }

            cell = new CountCell(NoName);
            cell.TryAdd(count);
            if (_cells.TryAdd(key, cell))
            {
                return true;
            }

            Leave(key); // another thread added it a moment ago
        }
    }

    /// <summary>Adds counts back that could not be sent.</summary>
    public void AddBack(EvaluationBatch batch)
    {
        foreach (var (key, count) in batch.Entries)
        {
            TryAdd(key, count, isFeature: true);
        }
    }

    /// <summary>Takes what waits, a combination after the other.</summary>
    /// <param name="max">The largest count; the rest waits on.</param>
    public IEnumerable<KeyValuePair<EvaluationKey, long>> Take(long max)
    {
        foreach (var (key, cell) in _cells)
        {
            if (cell.Waiting > max)
            {
                yield return new(key, cell.Take(max, out _));
                continue;
            }

            var count = cell.Retire(out _);
            _cells.TryRemove(key, out _);
            Leave(key);
            if (count > 0)
            {
                yield return new(key, count);
            }
        }
    }

    private void Leave(in EvaluationKey key)
    {
        Interlocked.Decrement(ref _combinations);
        Interlocked.Add(ref _characters, -key.Length);
    }
}
