using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering;

/// <summary>
/// Everything that any feature of an environment can answer, as JSON, one behind the other. An answer is a run of
/// slices; neighbours are copied in one piece, so that the common answer, all defaults, is one copy.
/// </summary>
internal sealed class RenderedFlags
{
    private const int Brackets = 2;

    private readonly byte[] _json;
    private readonly FlagSlice[] _slices;
    private readonly FlagSource[] _sources;

    /// <param name="json">The flags.</param>
    /// <param name="slices">Where each is.</param>
    /// <param name="sources">What each was rendered from, but for those at the end that are <see cref="FlagSource.Identity"/>.</param>
    public RenderedFlags(byte[] json, FlagSlice[] slices, FlagSource[] sources)
    {
        _json = json;
        _slices = slices;
        _sources = sources;
        HidesAny = slices.Any(static slice => slice.IsHiddenFromClients);
    }

    /// <summary>What a flag was rendered from.</summary>
    public FlagSource SourceOf(int flag) => flag < _sources.Length ? _sources[flag] : FlagSource.Identity;

    /// <summary>The state that a flag was rendered from; where it was not kept, what results tell of it.</summary>
    public FeatureState StateOf(int flag) => SourceOf(flag).State ?? RenderedFlagReader.Read(Single(flag, FlagAudience.Server));

    /// <summary>How many there are.</summary>
    public int Count => _slices.Length;

    /// <summary>The length of the first of them in bytes, all together.</summary>
    public int MeasureFirst(int count) => count == 0 ? 0 : _slices[count - 1].End;

    /// <summary>Whether there is one that clients are not told of.</summary>
    public bool HidesAny { get; }

    /// <summary>One flag as a JSON object.</summary>
    public ReadOnlySpan<byte> Json(int flag)
    {
        ref readonly var slice = ref _slices[flag];
        return _json.AsSpan(slice.Start..(slice.End - 1));
    }

    /// <summary>Whether that audience is not told of a flag.</summary>
    public bool IsLeftOut(int flag, FlagAudience audience) => IsLeftOut(in _slices[flag], audience);

    /// <summary>One flag as a JSON object; empty where that audience is not told of it.</summary>
    public ReadOnlyMemory<byte> Single(int flag, FlagAudience audience)
    {
        ref readonly var slice = ref _slices[flag];
        return IsLeftOut(in slice, audience) ? default : _json.AsMemory(slice.Start..(slice.End - 1));
    }

    /// <summary>The length of an array of these flags in bytes.</summary>
    public int Measure(ReadOnlySpan<int> flags, FlagAudience audience)
    {
        var length = 0;
        foreach (var flag in flags)
        {
            ref readonly var slice = ref _slices[flag];
            length += IsLeftOut(in slice, audience) ? 0 : slice.End - slice.Start;
        }

        return Brackets + Math.Max(0, length - 1); // no comma behind the last
    }

    /// <summary>Writes an array of these flags; returns its length.</summary>
    public int Write(ReadOnlySpan<int> flags, FlagAudience audience, Span<byte> destination)
    {
        var at = 0;
        destination[at++] = (byte)'[';
        var runStart = 0;
        var runEnd = 0;
        foreach (var flag in flags)
        {
            ref readonly var slice = ref _slices[flag];
            if (IsLeftOut(in slice, audience))
            {
                continue;
            }

            if (slice.Start != runEnd)
            {
                at += Copy(runStart, runEnd, destination[at..]);
                runStart = slice.Start;
            }

            runEnd = slice.End;
        }

        // The last run without its comma: the destination may end where the answer does.
        at += Copy(runStart, Math.Max(runStart, runEnd - 1), destination[at..]);
        destination[at++] = (byte)']';
        return at;
    }

    private static bool IsLeftOut(in FlagSlice slice, FlagAudience audience) =>
        slice.IsHiddenFromClients && audience == FlagAudience.Client;

    private int Copy(int start, int end, Span<byte> destination)
    {
        _json.AsSpan(start..end).CopyTo(destination);
        return end - start;
    }
}
