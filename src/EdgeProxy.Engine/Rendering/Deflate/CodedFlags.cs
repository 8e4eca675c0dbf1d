using System.Buffers.Binary;
using System.Text;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>
/// The flags of an environment, deflated in advance so that any sequence of them can be assembled to a gzip member: all are
/// written in the code of one block. Consecutive flags of a chain are copied in one piece; a flag in any other position is
/// written anew, as matches with the flag before it for the common parts, and byte by byte for the rest.
/// </summary>
internal sealed class CodedFlags
{
    // Coding fewer bytes saves no packet, and would cost as much as all the flags.
    private const int MinCoded = 256;

    private const int MaxStored = ushort.MaxValue;
    private const int StoredOverhead = 5;
    private const int TrailerLength = 8;
    private const int MaxBytesPerByte = 2; // no code has more than fifteen bits

    private readonly RenderedFlags _flags;
    private readonly DeflateCode _code;
    private readonly BitString _bits;
    private readonly CodedFlag[] _coded;
    private readonly int[] _links;
    private readonly int _longValue;

    public CodedFlags(RenderedFlags flags, DeflateCode code, BitString bits, CodedFlag[] coded, int[] links, int longValue)
    {
        _flags = flags;
        _code = code;
        _bits = bits;
        _coded = coded;
        _links = links;
        _longValue = longValue;
    }

    // No name, no time, an unknown system (RFC 1952, section 2.3).
    private static ReadOnlySpan<byte> Header => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];

    /// <summary>The maximum number of bytes that <see cref="Write"/> writes or overwrites.</summary>
    /// <param name="plain">The uncompressed length of everything.</param>
    public int Measure(int plain) => checked(
        Header.Length + (StoredOverhead * ((plain / MaxStored) + 1)) + _code.Overhead + (plain * MaxBytesPerByte) + TrailerLength + BitWriter.Slack);

    /// <summary>Writes a gzip member; returns its length.</summary>
    /// <param name="outcomes">The flags.</param>
    /// <param name="audience">The audience that this was created for, or, if it is shared, either.</param>
    /// <param name="before">The text before the flags.</param>
    /// <param name="after">The text behind them.</param>
    /// <param name="destination">At least <see cref="Measure"/> bytes.</param>
    public int Write(ReadOnlySpan<int> outcomes, FlagAudience audience, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, Span<byte> destination)
    {
        Header.CopyTo(destination);
        var at = Header.Length;
        var isCoded = before.Length >= MinCoded && Ascii.IsValid(before); // short codes are for common bytes
        if (!isCoded)
        {
            at += Store(before, destination[at..]);
        }

        var writer = new BitWriter(destination[at..]);
        _code.Start(ref writer);
        if (isCoded)
        {
            TextCoder.Write(_code, ref writer, before);
        }

        _code.WriteLiterals(ref writer, "["u8);
        var crc = Crc32Arithmetic.Append(Crc32Arithmetic.Of(before), (byte)'[');
        var length = (uint)(before.Length + after.Length + 2);
        length += WriteFlags(ref writer, outcomes, audience, ref crc);
        _code.WriteLiterals(ref writer, "]"u8);
        _code.WriteLiterals(ref writer, after);
        _code.End(ref writer);
        crc = Crc32Arithmetic.Append(crc, (byte)']');
        crc = Crc32Arithmetic.Append(crc, Crc32Arithmetic.Of(after), after.Length);
        at += writer.Finish();

        BinaryPrimitives.WriteUInt32LittleEndian(destination[at..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[(at + sizeof(uint))..], length);
        return at + TrailerLength;
    }

    /// <summary>Writes stored blocks, at the cost of a copy.</summary>
    private static int Store(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var at = 0;
        while (!text.IsEmpty)
        {
            var length = Math.Min(text.Length, MaxStored);
            destination[at] = 0; // not the last block; stored; padding
            BinaryPrimitives.WriteUInt16LittleEndian(destination[(at + 1)..], (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(destination[(at + 3)..], (ushort)~length);
            text[..length].CopyTo(destination[(at + StoredOverhead)..]);
            text = text[length..];
            at += StoredOverhead + length;
        }

        return at;
    }

    private uint WriteFlags(ref BitWriter writer, ReadOnlySpan<int> outcomes, FlagAudience audience, ref uint crc)
    {
        var links = _links.AsSpan();
        var run = new Run(FlagLinks.Start, 0);
        var previous = FlagLinks.Start;
        var linkable = FlagLinks.Nothing; // the flag before, if a flag linked to it can continue
        var length = 0u;
        foreach (var flag in outcomes)
        {
            // Flags of single identities are linked to nothing.
            var link = (uint)flag < (uint)links.Length ? links[flag] : _flags.IsLeftOut(flag, audience) ? FlagLinks.Hidden : FlagLinks.None;
            if (link == linkable)
            {
                linkable = previous = flag;
                continue;
            }

            if (link == FlagLinks.Hidden)
            {
                continue;
            }

            length += EndRun(ref writer, run, previous, audience, ref crc);
            length += Separate(ref writer, previous, ref crc);
            run = StartRun(ref writer, flag, link, previous, audience);

            // A flag linked to another may refer to the comma before it.
            linkable = previous == FlagLinks.Start && link >= 0 ? FlagLinks.Nothing : flag;
            previous = flag;
        }

        return length + EndRun(ref writer, run, previous, audience, ref crc);
    }

    private uint Separate(ref BitWriter writer, int previous, ref uint crc)
    {
        if (previous == FlagLinks.Start)
        {
            return 0;
        }

        _code.WriteLiterals(ref writer, ","u8);
        crc = Crc32Arithmetic.Append(crc, (byte)',');
        return 1;
    }

    private Run StartRun(ref BitWriter writer, int flag, int link, int previous, FlagAudience audience)
    {
        if (link == FlagLinks.Start && previous == FlagLinks.Start)
        {
            return new Run(flag, _coded[flag].Start);
        }

        WriteAnew(ref writer, flag, previous, audience);
        return new Run(flag, flag < _coded.Length ? _coded[flag].Resume : 0);
    }

    private uint EndRun(ref BitWriter writer, Run run, int last, FlagAudience audience, ref uint crc)
    {
        if (run.First < 0)
        {
            return 0; // nothing was started yet
        }

        if (run.First >= _coded.Length)
        {
            var text = _flags.Text(last, audience);
            crc = Append(crc, text.Head);
            if (!text.Tail.IsEmpty)
            {
                crc = Append(Append(crc, text.Middle), text.Tail);
            }

            return (uint)text.Length;
        }

        ref readonly var first = ref _coded[run.First];
        ref readonly var end = ref _coded[last];
        var length = end.TextStart + _flags.Length(last, audience) - first.TextStart;
        writer.Copy(_bits, run.From, end.End);
        crc = Crc32Arithmetic.Append(crc, first.CrcBefore, end.CrcThrough, length);
        return (uint)length;
    }

    private static uint Append(uint crc, ReadOnlySpan<byte> text) => Crc32Arithmetic.Append(crc, Crc32Arithmetic.Of(text), text.Length);

    /// <summary>Writes a flag behind any other, up to the position where its own bits continue.</summary>
    private void WriteAnew(ref BitWriter writer, int flag, int previous, FlagAudience audience)
    {
        var text = _flags.Text(flag, audience);
        var layout = LayoutOf(flag, in text);
        if (previous < 0)
        {
            _code.WriteLiterals(ref writer, text.Head[..layout.DetailsStart]);
            WriteDetails(ref writer, in text, in layout, 0);
            _code.WriteLiterals(ref writer, FlagLayout.BeforeValue);
        }
        else
        {
            var otherText = _flags.Text(previous, audience);
            var other = LayoutOf(previous, in otherText);
            WriteHead(ref writer, in text, in layout, in otherText, in other);
        }

        if (flag >= _coded.Length || text.Length - layout.ValueStart < _longValue)
        {
            _code.WriteLiterals(ref writer, text.Value(in layout));
        }
    }

    /// <summary>Writes a flag behind another, up to its value.</summary>
    private void WriteHead(
        ref BitWriter writer, scoped in FlagText text, scoped in FlagLayout layout, scoped in FlagText otherText, scoped in FlagLayout other)
    {
        var distance = otherText.Length + 1;
        var head = text.Head;
        WriteCommon(ref writer, FlagLayout.Opening, distance);
        _code.WriteLiterals(ref writer, head[FlagLayout.Opening.Length..layout.IdEnd]);
        WriteCommon(ref writer, FlagLayout.BeforeName, distance + layout.IdEnd - other.IdEnd);
        _code.WriteLiterals(ref writer, head[layout.NameStart..layout.NameEnd]);
        var type = head[layout.NameEnd..layout.EnabledStart];
        var isSameType = otherText.Head[other.NameEnd..other.EnabledStart].SequenceEqual(type);
        WriteCommon(ref writer, type, isSameType ? distance + layout.NameEnd - other.NameEnd : int.MaxValue);
        _code.WriteLiterals(ref writer, head[layout.EnabledStart..layout.EnabledEnd]);

        // From the last letter of true or false to the value, if that is equal; else the common start of the reasons.
        var details = text.Details(in layout);
        var otherDetails = otherText.Details(in other);
        var length = layout.ValueStart - layout.EnabledEnd;
        distance += layout.EnabledEnd - other.EnabledEnd;
        if (length == other.ValueStart - other.EnabledEnd && details.SequenceEqual(otherDetails) && CanMatch(length, distance))
        {
            _code.WriteMatch(ref writer, length, distance);
            return;
        }

        _code.WriteLiterals(ref writer, head[layout.EnabledEnd..layout.DetailsStart]);
        var common = details.CommonPrefixLength(otherDetails);
        if (common < DeflateSymbols.ShortestMatch || !CanMatch(common, distance))
        {
            common = 0;
        }
        else
        {
            _code.WriteMatch(ref writer, common, distance);
        }

        WriteDetails(ref writer, in text, in layout, common);
        WriteCommon(ref writer, FlagLayout.BeforeValue, distance + length - (other.ValueStart - other.EnabledEnd));
    }

    private void WriteDetails(ref BitWriter writer, scoped in FlagText text, scoped in FlagLayout layout, int from)
    {
        _code.WriteLiterals(ref writer, text.Details(in layout)[from..]);
        _code.WriteLiterals(ref writer, text.DetailsRest(in layout));
    }

    private FlagLayout LayoutOf(int flag, in FlagText text) => flag < _coded.Length ? _coded[flag].Layout : FlagLayout.Of(in text);

    private static bool CanMatch(int length, int distance) =>
        length <= DeflateSymbols.LongestMatch && distance <= DeflateSymbols.FarthestMatch;

    /// <summary>Writes the part that the previous flag has in common.</summary>
    private void WriteCommon(ref BitWriter writer, ReadOnlySpan<byte> text, int distance)
    {
        if (CanMatch(text.Length, distance))
        {
            _code.WriteMatch(ref writer, text.Length, distance);
        }
        else
        {
            _code.WriteLiterals(ref writer, text);
        }
    }

    /// <summary>Flags that follow each other in a chain, to be copied.</summary>
    /// <param name="First">The first.</param>
    /// <param name="From">The first bit to copy.</param>
    private readonly record struct Run(int First, long From);
}
