using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Analytics;

/// <summary>
/// Reads bodies as SDKs write them, in one pass, if all features in them were counted before: most bodies of an SDK have the
/// same names in the same order, and then the same form (<see cref="CountLayout"/>). Any other body is left to
/// <see cref="FlagCountReader"/>, and nothing of it is counted here.
/// </summary>
internal static class KnownCountReader
{
    private const int MaxEntries = 256;
    private const int MaxDigits = 10;

    [ThreadStatic]
    private static KnownCount[]? _entries;

    /// <summary>Counts, if the body is one of these.</summary>
    /// <param name="body">The body.</param>
    /// <param name="counts">The counts of the environment.</param>
    /// <param name="bucket">The bucket of the labels.</param>
    /// <param name="snapshot">The environment; null if it is not loaded yet.</param>
    /// <param name="metrics">Counts the outcomes of the entries.</param>
    /// <param name="isAnyAccepted">Set to true if anything was counted.</param>
    /// <returns>True if it is, and the body is thereby known to be a JSON object.</returns>
    public static bool TryCount(
        ReadOnlySpan<byte> body, FlagCounts counts, FlagCountBucket bucket, EnvironmentSnapshot? snapshot, AnalyticsMetrics metrics, out bool isAnyAccepted)
    {
        if (bucket.Layout is { } layout && layout.Snapshot == snapshot && layout.TryCount(body))
        {
            metrics.CountEntries(EntryOutcome.Accepted, layout.Names);
            isAnyAccepted = true;
            return true;
        }

        isAnyAccepted = false;
        var entries = _entries ??= new KnownCount[MaxEntries];
        if (!TryRead(body, counts, bucket, snapshot, entries, out var length))
        {
            return false;
        }

        var (accepted, unknown) = (0, 0);
        foreach (ref readonly var entry in entries.AsSpan(0, length))
        {
            if (entry.Count == 0)
            {
                continue;
            }

            if (entry.Cell is null)
            {
                unknown++;
                continue;
            }

            accepted++;
            if (!entry.Cell.TryAdd(entry.Count))
            {
                counts.Add(bucket, entry.Cell.Name.Utf8, entry.Count, snapshot); // retired a moment ago
            }
        }

        metrics.CountEntries(EntryOutcome.Accepted, accepted);
        metrics.CountEntries(EntryOutcome.UnknownFeature, unknown);
        metrics.CountEntries(EntryOutcome.NotPositive, length - accepted - unknown);
        if (bucket.Layout is null && CountLayout.TryCreate(snapshot, body, entries.AsSpan(0, length)) is { } learnt)
        {
            bucket.Learn(learnt);
        }

        isAnyAccepted = accepted > 0;
        return true;
    }

    private static bool TryRead(
        ReadOnlySpan<byte> body, FlagCounts counts, FlagCountBucket bucket, EnvironmentSnapshot? snapshot, KnownCount[] entries, out int length)
    {
        length = 0;
        var at = SkipBlanks(body, 0);
        if (!Is(body, at, '{'))
        {
            return false;
        }

        at = SkipBlanks(body, at + 1);
        var isEnd = Is(body, at, '}');
        CountCell? latest = null;
        while (!isEnd)
        {
            if (length == entries.Length || !Is(body, at, '"'))
            {
                return false;
            }

            at++;
            var cell = bucket.FindAfter(latest, body[at..], out var nameLength);
            if (cell is not null)
            {
                latest = cell;
            }
            else if (!TryFindOtherwise(body.Slice(at, nameLength), counts, bucket, snapshot, out cell))
            {
                return false;
            }

            at = SkipBlanks(body, at + nameLength + 1);
            var start = SkipBlanks(body, at + 1);
            if (!Is(body, at, ':') || !TryReadCount(body, start, out var end, out var count))
            {
                return false;
            }

            entries[length++] = new KnownCount(cell, count, start, end);
            at = SkipBlanks(body, end);
            isEnd = Is(body, at, '}');
            if (!isEnd)
            {
                if (!Is(body, at, ','))
                {
                    return false;
                }

                at = SkipBlanks(body, at + 1);
            }
        }

        return SkipBlanks(body, at + 1) == body.Length;
    }

    /// <summary>Finds the cell of a name that is not spelled as the feature's.</summary>
    /// <param name="name">The name as it came.</param>
    /// <param name="counts">The counts of the environment.</param>
    /// <param name="bucket">The bucket of the labels.</param>
    /// <param name="snapshot">The environment; null if it is not loaded yet.</param>
    /// <param name="cell">Set to the cell; null if there is no such feature.</param>
    /// <returns>False if the name has to be read otherwise, or there is no cell of the feature.</returns>
    private static bool TryFindOtherwise(
        ReadOnlySpan<byte> name, FlagCounts counts, FlagCountBucket bucket, EnvironmentSnapshot? snapshot, out CountCell? cell)
    {
        cell = null;
        if (snapshot is null || name.Length > FlagCounts.MaxNameLength || name.Contains((byte)'\\') || name.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return false;
        }

        var real = counts.RealNameOf(name, snapshot);
        return real.IsEmpty || bucket.TryFind(real, out cell);
    }

    private static bool TryReadCount(ReadOnlySpan<byte> body, int start, out int end, out long count)
    {
        count = 0;
        for (end = start; end < body.Length && (uint)(body[end] - '0') <= 9; end++)
        {
            count = (10 * count) + (body[end] - '0');
            if (end - start == MaxDigits)
            {
                return false;
            }
        }

        // JSON has no leading zeros.
        var digits = end - start;
        count = Math.Min(count, FlagCounts.MaxCount);
        return digits == 1 || (digits > 1 && body[start] != '0');
    }

    private static bool Is(ReadOnlySpan<byte> body, int at, char expected) => (uint)at < (uint)body.Length && body[at] == expected;

    private static int SkipBlanks(ReadOnlySpan<byte> body, int at)
    {
        while ((uint)at < (uint)body.Length && body[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }
}
