using System.Buffers.Binary;

namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>
/// Finds matches: LZ77 with chains of positions that share their first four bytes. Texts follow one another, and the
/// caller's window limits references to earlier ones, so that nothing need be cleared.
/// </summary>
internal sealed class MatchFinder
{
    private const int MinLength = 4;
    private const int HashBits = 14;
    private const int MaxTries = 12;

    // A match this long is accepted at once.
    private const int LongEnough = 32;

    private const int Window = DeflateSymbols.FarthestMatch;

    private readonly int[] _heads = new int[1 << HashBits];
    private readonly int[] _earlier = new int[Window];
    private byte[] _text = [];
    private int _offset = 1; // of the text among all texts; zero is no position
    private int _length;

    /// <summary>Starts another text.</summary>
    public void Begin(byte[] text, int length)
    {
        _offset += _length;
        _text = text;
        _length = length;
    }

    /// <summary>Indexes a range for later references.</summary>
    public void Skip(int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            Note(at);
        }
    }

    /// <summary>Turns a range into tokens.</summary>
    /// <param name="start">Its first byte.</param>
    /// <param name="end">The end: no match continues beyond it.</param>
    /// <param name="window">The first byte that may be referenced.</param>
    /// <param name="tokens">Receives the tokens.</param>
    public void Parse(int start, int end, int window, List<DeflateToken> tokens)
    {
        var at = start;
        var found = Find(at, end, window, out var distance);
        while (at < end)
        {
            Note(at);
            if (found < MinLength)
            {
                tokens.Add(DeflateToken.Byte(_text[at++]));
                found = Find(at, end, window, out distance);
                continue;
            }

            // There may be a longer match at the next byte: then this byte is a literal.
            var later = 0;
            var laterDistance = 0;
            if (found < LongEnough)
            {
                later = Find(at + 1, end, window, out laterDistance);
            }

            if (later > found)
            {
                tokens.Add(DeflateToken.Byte(_text[at++]));
                found = later;
                distance = laterDistance;
                continue;
            }

            tokens.Add(DeflateToken.Match(found, distance));
            Skip(at + 1, at + found);
            at += found;
            found = Find(at, end, window, out distance);
        }
    }

    private int Find(int at, int end, int window, out int distance)
    {
        distance = 0;
        if (end - at < MinLength)
        {
            return 0;
        }

        var rest = _text.AsSpan(at, Math.Min(end - at, DeflateSymbols.LongestMatch));
        var first = Math.Max(window, at - Window);
        var best = MinLength - 1;
        var candidate = _heads[Hash(at)] - _offset;
        for (var tries = MaxTries; candidate >= first && tries > 0; tries--)
        {
            if (_text[candidate + best] == rest[best])
            {
                var length = _text.AsSpan(candidate, rest.Length).CommonPrefixLength(rest);
                if (length > best)
                {
                    best = length;
                    distance = at - candidate;
                    if (best == rest.Length)
                    {
                        break;
                    }
                }
            }

            candidate = _earlier[(candidate + _offset) & (Window - 1)] - _offset;
        }

        return distance == 0 ? 0 : best;
    }

    private void Note(int at)
    {
        if (_length - at >= MinLength)
        {
            ref var head = ref _heads[Hash(at)];
            _earlier[(at + _offset) & (Window - 1)] = head;
            head = at + _offset;
        }
    }

    private int Hash(int at) => (int)((BinaryPrimitives.ReadUInt32LittleEndian(_text.AsSpan(at)) * 0x9E3779B1) >> (32 - HashBits));
}
