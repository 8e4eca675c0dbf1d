using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace EdgeProxy.Host.Analytics;

/// <summary>The counts of one environment with the same labels.</summary>
internal sealed class FlagCountBucket
{
    private readonly ConcurrentDictionary<FeatureName, CountCell> _cells = new(concurrencyLevel: 1, capacity: 31, FeatureNameComparer.Instance);
    private readonly ConcurrentDictionary<FeatureName, CountCell>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    // The cell of the name that came first in the latest request.
    private CountCell? _first;
    private CountLayout? _layout;

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

    /// <summary>The evaluations that wait, in the order in which they move: none is missed.</summary>
    public long Waiting => (Layout?.Waiting ?? 0) + _cells.Sum(static cell => cell.Value.Waiting);

    /// <summary>The form that most bodies have; null if none is known yet.</summary>
    public CountLayout? Layout => Volatile.Read(ref _layout);

    /// <summary>Takes a form of bodies over, unless there is one.</summary>
    public void Learn(CountLayout layout) => Interlocked.CompareExchange(ref _layout, layout, comparand: null);

    /// <summary>Moves what was counted by the form of bodies into the cells. For the flush: not thread-safe.</summary>
    /// <param name="forgets">True to forget the form, since the names in it may change.</param>
    /// <returns>The number of names that were added.</returns>
    public int CollectSums(bool forgets)
    {
        if (Layout is not { } layout)
        {
            return 0;
        }

        forgets |= layout.IsMisleading;
        var added = layout.MoveTo(this, forgets);
        if (!forgets && layout.IsStale)
        {
            forgets = true;
            added += layout.MoveTo(this, isLast: true);
        }

        if (forgets)
        {
            Volatile.Write(ref _layout, null);
        }

        return added;
    }

    /// <summary>Finds the cell of a name in a body in JSON; mostly without a search, since names come in the same order.</summary>
    /// <param name="previous">The cell of the name before; null for none.</param>
    /// <param name="rest">The rest of the body, which begins with the name.</param>
    /// <param name="length">Set to the length of the name, up to the next quotation mark; 0 if there is none.</param>
    /// <returns>The cell; null if there is none, or if the name may be written otherwise.</returns>
    public CountCell? FindAfter(CountCell? previous, ReadOnlySpan<byte> rest, out int length)
    {
        if ((previous is null ? _first : previous.Next) is { } guess && IsNameOf(guess, rest))
        {
            length = guess.Name.Utf8.Length;
            return guess;
        }

        length = Math.Max(0, rest.IndexOf((byte)'"'));
        if (length == 0 || !_lookup.TryGetValue(rest[..length], out var cell) || !cell.Name.IsPlain)
        {
            return null;
        }

        if (previous is null)
        {
            _first = cell;
        }
        else
        {
            previous.Next = cell;
        }

        return cell;
    }

    /// <summary>Finds the cell of a name.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out CountCell? cell) => _lookup.TryGetValue(name, out cell);

    /// <summary>Adds to the count of a name, if there is a cell of it.</summary>
    public bool TryAdd(ReadOnlySpan<byte> name, long count) => _lookup.TryGetValue(name, out var cell) && cell.TryAdd(count);

    /// <summary>Adds to the count of a name, which may be new.</summary>
    /// <returns>True if the name was new.</returns>
    public bool Add(ReadOnlySpan<byte> name, long count)
    {
        while (!TryAdd(name, count))
        {
            var cell = new CountCell(new FeatureName(name));
            cell.TryAdd(count);
            if (_cells.TryAdd(cell.Name, cell))
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
            cell = new CountCell(new FeatureName(name));
            cell.TryAddKnown(count);
            if (_cells.TryAdd(cell.Name, cell))
            {
                return;
            }
        }
    }

    /// <summary>Removes a name whose cell is retired.</summary>
    public void Remove(FeatureName name) => _cells.TryRemove(name, out _);

    private static bool IsNameOf(CountCell cell, ReadOnlySpan<byte> rest)
    {
        var name = cell.Name.Utf8;
        return rest.Length > name.Length && rest[name.Length] == '"' && rest[..name.Length].SequenceEqual(name);
    }
}
