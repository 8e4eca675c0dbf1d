using System.Numerics;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Analytics;

/// <summary>
/// The form of a body whose numbers alone change from request to request, as those of an SDK do: the text between the numbers,
/// and the cells of the names in it. Such a body is read with one comparison for each name, and counted with one atomic
/// operation, in sums of the processor that the flush moves into the cells.
/// </summary>
internal sealed class CountLayout
{
    /// <summary>The largest number of names in a body of this kind.</summary>
    public const int MaxNames = 128;

    /// <summary>The size of the largest body of this kind.</summary>
    public const int MaxBodyBytes = 8 * 1024;

    // What has more may be larger than a count.
    private const int MaxDigits = 9;

    private const int MaxStripes = 8;
    private const int MinMisses = 1000;

    private static readonly int StripeCount = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, MaxStripes));

    private readonly byte[] _text;
    private readonly int[] _lengths;
    private readonly CountCell[] _cells;
    private readonly CountStripe[] _stripes;
    private int _misses;

    private CountLayout(EnvironmentSnapshot snapshot, ReadOnlySpan<byte> body, ReadOnlySpan<KnownCount> entries)
    {
        Snapshot = snapshot;
        _text = new byte[body.Length - entries[^1].End + LengthBetween(entries)];
        _lengths = new int[entries.Length];
        _cells = new CountCell[entries.Length];
        var rest = _text.AsSpan();
        var at = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            var part = body[at..entries[i].Start];
            part.CopyTo(rest);
            rest = rest[part.Length..];
            _lengths[i] = part.Length;
            _cells[i] = entries[i].Cell!;
            at = entries[i].End;
        }

        body[at..].CopyTo(rest);
        var names = entries.Length;
        _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new CountStripe(names))];
    }

    /// <summary>The environment whose features the names are.</summary>
    public EnvironmentSnapshot Snapshot { get; }

    /// <summary>The number of names.</summary>
    public int Names => _cells.Length;

    /// <summary>The evaluations that are not in the cells yet.</summary>
    public long Waiting => _stripes.Sum(static stripe => stripe.Total);

    /// <summary>Indicates whether most bodies since the last flush have another form.</summary>
    public bool IsMisleading => Volatile.Read(ref _misses) is var misses && misses >= MinMisses && misses > _stripes.Sum(static stripe => stripe.Requests);

    /// <summary>Indicates whether a cell was found retired: its name is counted elsewhere, or not at all. For the flush.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Creates the layout of a body that was counted.</summary>
    /// <param name="snapshot">The environment; null if it is not loaded yet.</param>
    /// <param name="body">The body, a JSON object.</param>
    /// <param name="entries">All its members.</param>
    /// <returns>Null if it is too large, or has entries that are not counted.</returns>
    public static CountLayout? TryCreate(EnvironmentSnapshot? snapshot, ReadOnlySpan<byte> body, ReadOnlySpan<KnownCount> entries)
    {
        if (snapshot is null || entries.IsEmpty || entries.Length > MaxNames || body.Length > MaxBodyBytes)
        {
            return null;
        }

        foreach (ref readonly var entry in entries)
        {
            if (entry.Cell is null || entry.Count == 0)
            {
                return null;
            }
        }

        return new CountLayout(snapshot, body, entries);
    }

    /// <summary>Counts a body, if it has this form.</summary>
    /// <returns>False if it has not, or another thread counts in the same place; then nothing was counted.</returns>
    public bool TryCount(ReadOnlySpan<byte> body)
    {
        Span<int> counts = stackalloc int[MaxNames];
        counts = counts[.._cells.Length];
        if (!TryRead(body, counts))
        {
            _misses++; // a few more or less make no difference
            return false;
        }

        return _stripes[Thread.GetCurrentProcessorId() & (_stripes.Length - 1)].TryAdd(counts);
    }

    /// <summary>Moves the sums into the cells. One thread at a time.</summary>
    /// <param name="bucket">The bucket of the cells.</param>
    /// <param name="isLast">True if nothing more is to be counted here.</param>
    /// <returns>The number of names that were added to the bucket, since their cells were retired.</returns>
    public int MoveTo(FlagCountBucket bucket, bool isLast)
    {
        var added = 0;
        foreach (var stripe in _stripes)
        {
            if (stripe.Enter())
            {
                added += Move(stripe.Sums, bucket);
                stripe.Leave(isLast);
            }
        }

        Volatile.Write(ref _misses, 0);
        return added;
    }

    private static int LengthBetween(ReadOnlySpan<KnownCount> entries)
    {
        var (length, at) = (0, 0);
        foreach (ref readonly var entry in entries)
        {
            length += entry.Start - at;
            at = entry.End;
        }

        return length;
    }

    private int Move(Span<long> sums, FlagCountBucket bucket)
    {
        var added = 0;
        for (var i = 0; i < sums.Length; i++)
        {
            var (sum, cell) = (sums[i], _cells[i]);
            if (sum == 0)
            {
                continue;
            }

            if (!cell.TryAdd(sum))
            {
                IsStale = true;
                added += bucket.Add(cell.Name.Utf8, sum) ? 1 : 0;
            }

            Volatile.Write(ref sums[i], 0); // after the cell has it: who adds all up may see it twice, but never misses it
        }

        return added;
    }

    private bool TryRead(ReadOnlySpan<byte> body, Span<int> counts)
    {
        ReadOnlySpan<byte> text = _text;
        ReadOnlySpan<int> lengths = _lengths.AsSpan(0, counts.Length);
        for (var i = 0; i < counts.Length; i++)
        {
            var length = lengths[i];
            if (!body.StartsWith(text[..length]))
            {
                return false;
            }

            text = text[length..];
            body = body[length..];
            var digits = ReadNumber(body, out counts[i]);
            if (digits == 0)
            {
                return false;
            }

            body = body[digits..];
        }

        return body.SequenceEqual(text);
    }

    /// <summary>Reads a number from 1 to 999,999,999.</summary>
    /// <returns>The number of its digits; 0 if it is none.</returns>
    private static int ReadNumber(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        var digits = 0;
        while ((uint)digits < (uint)text.Length && (uint)(text[digits] - '0') <= 9)
        {
            if (digits == MaxDigits)
            {
                return 0;
            }

            number = (10 * number) + (text[digits] - '0');
            digits++;
        }

        return digits > 0 && text[0] != '0' ? digits : 0; // JSON has no leading zeros
    }
}
