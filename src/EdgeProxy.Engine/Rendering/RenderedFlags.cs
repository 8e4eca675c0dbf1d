using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering;

/// <summary>
/// Everything that any feature of an environment can answer, as JSON, behind a bracket and one behind the other. An answer is a run of
/// slices; neighbours are copied in one piece, so that the common answer, all defaults, is one copy.
/// </summary>
internal sealed class RenderedFlags
{
    private const int Brackets = 2;

    private readonly byte[] _json;
    private readonly FlagSlice[] _slices;
    private readonly FlagSource[] _sources;
    private readonly bool _isWholeForServers;
    private readonly bool _isWholeForClients;

    /// <param name="json">The flags.</param>
    /// <param name="slices">The place of each.</param>
    /// <param name="sources">The origin of each, but for those at the end that are overrides of identities.</param>
    /// <param name="hasDetails">True if flags have variant and reason.</param>
    public RenderedFlags(byte[] json, FlagSlice[] slices, FlagSource[] sources, bool hasDetails)
    {
        _json = json;
        _slices = slices;
        _sources = sources;
        HasDetails = hasDetails;
        _isWholeForServers = slices.All(static slice => slice.IsWhole(FlagAudience.Server));
        _isWholeForClients = _isWholeForServers && slices.All(static slice => slice.IsWhole(FlagAudience.Client));
        DiffersByAudience = slices.Any(static slice => slice.IsHiddenFromClients || slice.CutEnd > slice.CutStart);
    }

    /// <summary>Indicates whether flags have variant and reason, which are for identities only.</summary>
    public bool HasDetails { get; }

    /// <summary>
    /// Indicates whether clients get less of any flag; text that is inserted for each audience is not considered.
    /// </summary>
    public bool DiffersByAudience { get; }

    /// <summary>Determines whether clients get less of any of these flags; see <see cref="DiffersByAudience"/>.</summary>
    public bool Differ(ReadOnlySpan<int> flags)
    {
        foreach (var flag in flags)
        {
            ref readonly var slice = ref _slices[flag];
            if (slice.IsHiddenFromClients || slice.CutEnd > slice.CutStart || slice.Insert != FlagInsert.None)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The number of flags.</summary>
    public int Count => _slices.Length;

    /// <summary>
    /// The same flag with a circular dependency for its reason. Only for flags that were rendered so that they can fail.
    /// </summary>
    public static int InError(int flag) => flag + 1;

    /// <summary>Determines whether <see cref="InError"/> is valid for a flag.</summary>
    public bool CanFail(int flag) => flag + 1 < _slices.Length && SourceOf(flag + 1).IsInError && !SourceOf(flag).IsInError;

    /// <summary>The origin of a flag.</summary>
    public FlagSource SourceOf(int flag) =>
        flag < _sources.Length ? _sources[flag] : FlagSource.Identity with { IsInError = _slices[flag].Insert == FlagInsert.IdentityOverrideInError };

    /// <summary>The state that a flag was rendered from; where it was not kept, what results tell of it.</summary>
    public FeatureState StateOf(int flag) => SourceOf(flag).State ?? RenderedFlagReader.Read(Text(flag, FlagAudience.Server).ToArray());

    /// <summary>The length of the first of them in bytes, all together.</summary>
    public int MeasureFirst(int count) => count == 0 ? 0 : _slices[count - 1].End;

    /// <summary>Determines whether a flag is hidden from the audience.</summary>
    public bool IsLeftOut(int flag, FlagAudience audience) => _slices[flag].IsLeftOut(audience);

    /// <summary>One flag as a JSON object, as that audience gets it if it is not left out.</summary>
    public FlagText Text(int flag, FlagAudience audience)
    {
        ref readonly var slice = ref _slices[flag];
        var json = _json.AsSpan(0, slice.End - 1);
        return slice.IsSplit(audience)
            ? new FlagText(json[slice.Start..slice.CutStart], FlagInserts.TextOf(slice.Insert, audience), json[slice.CutEnd..])
            : new FlagText(json[slice.Start..]);
    }

    /// <summary>The array of these flags, where they lie side by side as they are answered; otherwise empty.</summary>
    public ReadOnlyMemory<byte> FindWhole(ReadOnlySpan<int> flags, FlagAudience audience)
    {
        var end = 1; // behind the bracket
        foreach (var flag in flags)
        {
            ref readonly var slice = ref _slices[flag];
            if (slice.Start != end || slice.IsSplit(audience) || slice.IsLeftOut(audience))
            {
                return default;
            }

            end = slice.End;
        }

        return end > 1 && _json[end - 1] == (byte)']' ? _json.AsMemory(0, end) : default;
    }

    /// <summary>The length of one flag in bytes.</summary>
    public int Length(int flag, FlagAudience audience) => LengthOf(in _slices[flag], audience) - 1;

    /// <summary>The length of an array of these flags in bytes.</summary>
    public int Measure(ReadOnlySpan<int> flags, FlagAudience audience)
    {
        var length = 0;
        if (IsWhole(audience))
        {
            foreach (var flag in flags)
            {
                ref readonly var slice = ref _slices[flag];
                length += slice.End - slice.Start;
            }

            return Brackets + Math.Max(0, length - 1);
        }

        foreach (var flag in flags)
        {
            ref readonly var slice = ref _slices[flag];
            length += slice.IsLeftOut(audience) ? 0 : LengthOf(in slice, audience);
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
        var isWhole = IsWhole(audience);
        foreach (var flag in flags)
        {
            ref readonly var slice = ref _slices[flag];
            if (isWhole && slice.Start == runEnd)
            {
                runEnd = slice.End;
                continue;
            }

            if (slice.IsLeftOut(audience))
            {
                continue;
            }

            if (slice.Start != runEnd)
            {
                at += Copy(runStart, runEnd, destination[at..]);
                runStart = slice.Start;
            }

            if (slice.IsSplit(audience))
            {
                at += Copy(runStart, slice.CutStart, destination[at..]);
                var insert = FlagInserts.TextOf(slice.Insert, audience);
                insert.CopyTo(destination[at..]);
                at += insert.Length;
                runStart = slice.CutEnd;
            }

            runEnd = slice.End;
        }

        // The last run without its comma: the destination may end where the answer does.
        at += Copy(runStart, Math.Max(runStart, runEnd - 1), destination[at..]);
        destination[at++] = (byte)']';
        return at;
    }

    /// <summary>Determines whether an audience gets each flag, in one piece.</summary>
    private bool IsWhole(FlagAudience audience) => audience == FlagAudience.Server ? _isWholeForServers : _isWholeForClients;

    private static int LengthOf(in FlagSlice slice, FlagAudience audience)
    {
        var length = slice.End - slice.Start;
        return slice.IsSplit(audience) ? length - (slice.CutEnd - slice.CutStart) + FlagInserts.TextOf(slice.Insert, audience).Length : length;
    }

    private int Copy(int start, int end, Span<byte> destination)
    {
        _json.AsSpan(start..end).CopyTo(destination);
        return end - start;
    }
}
