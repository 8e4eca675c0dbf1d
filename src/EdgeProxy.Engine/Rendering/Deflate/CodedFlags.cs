using System.Buffers.Binary;
using System.Text;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>
/// The flags of an environment, deflated in advance so that any sequence of them can be assembled to a gzip member: all are
/// written in the code of one block. Consecutive flags of a chain are copied in one piece; a flag in any other position is
/// written anew, as matches with the flag before it for the common parts, and byte by byte for the rest.
/// </summary>
/// <typeparam name="TForm">The form of the flags.</typeparam>
/// <typeparam name="TLayout">The positions of the parts of a flag.</typeparam>
internal sealed class CodedFlags<TForm, TLayout>
    where TForm : struct, IFlagForm<TLayout>
    where TLayout : struct
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
    private readonly CodedFlag<TLayout>[] _coded;
    private readonly int[] _links;

    public CodedFlags(RenderedFlags flags, DeflateCode code, BitString bits, CodedFlag<TLayout>[] coded, int[] links)
    {
        _flags = flags;
        _code = code;
        _bits = bits;
        _coded = coded;
        _links = links;
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
        var isLong = flag < _coded.Length && text.Length - TForm.RestOf(in layout) >= TForm.LongRest;
        if (previous < 0)
        {
            TForm.WriteFirstHead(_code, ref writer, in text, in layout);
            if (!isLong)
            {
                TForm.WriteFirstRest(_code, ref writer, in text, in layout);
            }

            return;
        }

        var otherText = _flags.Text(previous, audience);
        var other = LayoutOf(previous, in otherText);
        TForm.WriteHead(_code, ref writer, in text, in layout, in otherText, in other);
        if (!isLong)
        {
            TForm.WriteRest(_code, ref writer, in text, in layout, in otherText, in other);
        }
    }

    private TLayout LayoutOf(int flag, in FlagText text) => flag < _coded.Length ? _coded[flag].Layout : TForm.LayoutOf(in text);

    /// <summary>Flags that follow each other in a chain, to be copied.</summary>
    /// <param name="First">The first.</param>
    /// <param name="From">The first bit to copy.</param>
    private readonly record struct Run(int First, long From);
}
