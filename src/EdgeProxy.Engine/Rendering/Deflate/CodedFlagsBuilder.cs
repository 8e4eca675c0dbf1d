using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>
/// Codes flags, in this order:
/// <list type="number">
/// <item>the text of each chain is turned into tokens; a flag refers to nothing before the flag that it is linked to, and
/// a long value to nothing before itself;</item>
/// <item>from all tokens, and what may be written between chains, one code is made;</item>
/// <item>the tokens are written in it.</item>
/// </list>
/// </summary>
/// <typeparam name="TForm">The form of the flags.</typeparam>
/// <typeparam name="TLayout">The positions of the parts of a flag.</typeparam>
internal sealed class CodedFlagsBuilder<TForm, TLayout>
    where TForm : struct, IFlagForm<TLayout>
    where TLayout : struct
{
    // Enough to sample their bytes.
    private const int IdentityFlagsCounted = 256;

    private readonly RenderedFlags _flags;
    private readonly FlagAudience _audience;
    private readonly MatchFinder _finder = new();
    private readonly List<DeflateToken> _tokens = [];
    private readonly List<Span> _spans = [];
    private readonly CodedFlag<TLayout>[] _coded;
    private readonly int[] _links;
    private byte[] _text = new byte[4096];

    /// <param name="flags">All flags.</param>
    /// <param name="count">The number of flags, from the first, that are not for single identities.</param>
    /// <param name="audience">The readers.</param>
    public CodedFlagsBuilder(RenderedFlags flags, int count, FlagAudience audience)
    {
        _flags = flags;
        _audience = audience;
        _coded = new CodedFlag<TLayout>[count];
        _links = new int[count];
    }

    /// <summary>Codes chains of flags; a flag in no chain is hidden.</summary>
    public CodedFlags<TForm, TLayout> Build(IEnumerable<ChainedFlag[]> chains)
    {
        // 1
        Array.Fill(_links, FlagLinks.Hidden);
        var defaultSpans = 0;
        foreach (var chain in chains)
        {
            Parse(chain);
            defaultSpans = defaultSpans == 0 ? _spans.Count : defaultSpans;
        }

        // 2
        var code = new DeflateCode(Count(defaultSpans));

        // 3
        var bits = new BitStringBuilder();
        var tokens = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_tokens);
        foreach (var span in _spans)
        {
            var start = bits.Length;
            code.Add(bits, tokens[span.Head..span.Value]);
            var value = bits.Length;
            code.Add(bits, tokens[span.Value..span.End]);
            ref var coded = ref _coded[span.Flag];
            coded = coded with { Start = start, Resume = IsLong(span.Flag) ? value : bits.Length, End = bits.Length };
        }

        return new CodedFlags<TForm, TLayout>(_flags, code, bits.Finish(), _coded, _links);
    }

    private bool IsLong(int flag) => _flags.Length(flag, _audience) - TForm.RestOf(_coded[flag].Layout) >= TForm.LongRest;

    private void Parse(ChainedFlag[] chain)
    {
        LayOut(chain);
        var previous = 0;
        foreach (var (flag, link) in chain)
        {
            var layout = _coded[flag].Layout;
            var json = _coded[flag].TextStart;
            var start = link < 0 ? json : json - 1; // with the comma
            var value = json + TForm.RestOf(in layout);
            var end = json + _flags.Length(flag, _audience);
            var isLong = IsLong(flag);

            var head = _tokens.Count;
            if (link == FlagLinks.None)
            {
                _finder.Skip(start, isLong ? value : end);
            }
            else
            {
                _finder.Parse(start, isLong ? value : end, previous, _tokens);
            }

            var middle = _tokens.Count;
            if (isLong)
            {
                _finder.Parse(value, end, value, _tokens);
            }

            _spans.Add(new Span(flag, head, middle, _tokens.Count));
            _links[flag] = link;
            previous = start;
        }
    }

    /// <summary>Assembles the chain's text and records its CRC-32 at each flag.</summary>
    private void LayOut(ChainedFlag[] chain)
    {
        var length = 0;
        var crc = 0u;
        foreach (var (flag, _) in chain)
        {
            var json = _flags.Text(flag, _audience);
            if (_text.Length < length + json.Length + 1)
            {
                Array.Resize(ref _text, Math.Max(length + json.Length + 1, _text.Length * 2));
            }

            if (length > 0)
            {
                _text[length++] = (byte)',';
                crc = Crc32Arithmetic.Append(crc, (byte)',');
            }

            json.CopyTo(_text.AsSpan(length));
            var through = Crc32Arithmetic.Append(crc, Crc32Arithmetic.Of(_text.AsSpan(length, json.Length)), json.Length);
            _coded[flag] = new CodedFlag<TLayout> { Layout = TForm.LayoutOf(in json), TextStart = length, CrcBefore = crc, CrcThrough = through };
            length += json.Length;
            crc = through;
        }

        _finder.Begin(_text, length);
    }

    private SymbolCounts Count(int defaultSpans)
    {
        var counts = new SymbolCounts();
        var tokens = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_tokens);

        // Whatever the number of segments, half of all flags are assumed to be defaults.
        var defaultTokens = defaultSpans == 0 ? 0 : _spans[defaultSpans - 1].End;
        var defaultWeight = 4 * Math.Max(1L, tokens.Length / Math.Max(1, defaultTokens));
        for (var i = 0; i < _spans.Count; i++)
        {
            var span = _spans[i];
            var weight = i < defaultSpans ? defaultWeight : 4;
            counts.Add(tokens[span.Head..span.End], weight);
            CountAnew(counts, span.Flag, weight / 4);
        }

        for (var flag = _coded.Length; flag < Math.Min(_coded.Length + IdentityFlagsCounted, _flags.Count); flag++)
        {
            CountAnew(counts, flag, 1);
        }

        // Text of requests may contain any of these.
        counts.AddLiterals("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\"{}:,._-@ "u8, counts.Total / 1024);
        return counts;
    }

    /// <summary>Counts the symbols of a flag in a position where it is not linked.</summary>
    private void CountAnew(SymbolCounts counts, int flag, long weight)
    {
        var text = _flags.Text(flag, _audience);
        var layout = TForm.LayoutOf(in text);
        TForm.Count(counts, in text, in layout, weight);
    }

    /// <summary>Returns the tokens of a flag.</summary>
    private readonly record struct Span(int Flag, int Head, int Value, int End);
}
