using EdgeProxy.Engine.Rendering.Deflate;

namespace EdgeProxy.Engine.Rendering.Ofrep;

/// <summary>The form of OFREP, to be deflated in advance.</summary>
internal readonly struct OfrepFlagForm : IFlagForm<OfrepLayout>
{
    /// <inheritdoc/>
    public static int LongRest => 192; // reason, variant and metadata are half of it

    private static ReadOnlySpan<byte> UsualDetails => ",\"reason\":\"STATIC\",\"variant\":\"enabled\",\"metadata\":{\"enabled\":true,\"featureId\":"u8;

    /// <inheritdoc/>
    public static OfrepLayout LayoutOf(in FlagText text) => OfrepLayout.Of(in text);

    /// <inheritdoc/>
    public static int RestOf(in OfrepLayout layout) => layout.ValueStart;

    /// <inheritdoc/>
    public static void WriteFirstHead(DeflateCode code, ref BitWriter writer, scoped in FlagText text, scoped in OfrepLayout layout) =>
        code.WriteLiterals(ref writer, text.Head[..layout.ValueStart]);

    /// <inheritdoc/>
    public static void WriteHead(
        DeflateCode code, ref BitWriter writer, scoped in FlagText text, scoped in OfrepLayout layout, scoped in FlagText otherText, scoped in OfrepLayout other)
    {
        var distance = otherText.Length + 1;
        CommonText.Write(code, ref writer, OfrepLayout.Opening, distance);
        code.WriteLiterals(ref writer, text.Head[OfrepLayout.Opening.Length..layout.KeyEnd]);
        var before = text.Head[layout.KeyEnd..layout.ValueStart];
        var isSame = otherText.Head[other.KeyEnd..other.ValueStart].SequenceEqual(before);
        CommonText.Write(code, ref writer, before, isSame ? distance + layout.KeyEnd - other.KeyEnd : int.MaxValue);
    }

    /// <inheritdoc/>
    public static void WriteFirstRest(DeflateCode code, ref BitWriter writer, scoped in FlagText text, scoped in OfrepLayout layout)
    {
        code.WriteLiterals(ref writer, text.Head[layout.ValueStart..]);
        WriteTail(code, ref writer, in text);
    }

    /// <inheritdoc/>
    public static void WriteRest(
        DeflateCode code, ref BitWriter writer, scoped in FlagText text, scoped in OfrepLayout layout, scoped in FlagText otherText, scoped in OfrepLayout other)
    {
        code.WriteLiterals(ref writer, text.Head[layout.ValueStart..layout.ValueEnd]);
        CommonText.WriteAfter(
            code,
            ref writer,
            text.Head[layout.ValueEnd..layout.IdStart],
            otherText.Head[other.ValueEnd..other.IdStart],
            otherText.Length + 1 + layout.ValueEnd - other.ValueEnd);
        code.WriteLiterals(ref writer, text.Head[layout.IdStart..]);
        WriteTail(code, ref writer, in text);
    }

    /// <inheritdoc/>
    public static void Count(SymbolCounts counts, in FlagText text, in OfrepLayout layout, long weight)
    {
        var head = text.Head;
        counts.AddLiterals(head[OfrepLayout.Opening.Length..layout.KeyEnd], weight);
        var distance = Math.Min(text.Length, DeflateSymbols.FarthestMatch);
        counts.AddMatch(OfrepLayout.Opening.Length, distance, weight);
        counts.AddMatch(OfrepLayout.BeforeValue.Length, distance, weight);
        if (text.Length - layout.ValueStart >= LongRest)
        {
            return;
        }

        var details = head[layout.ValueEnd..layout.IdStart];
        var common = details.CommonPrefixLength(UsualDetails);
        counts.AddLiterals(head[layout.ValueStart..layout.ValueEnd], weight);
        counts.AddMatch(Math.Clamp(common, DeflateSymbols.ShortestMatch, DeflateSymbols.LongestMatch), distance, weight);
        counts.AddLiterals(details[common..], weight);
        counts.AddLiterals(head[layout.IdStart..], weight);
        counts.AddLiterals(text.Tail, weight);
    }

    private static void WriteTail(DeflateCode code, ref BitWriter writer, scoped in FlagText text)
    {
        code.WriteLiterals(ref writer, text.Middle);
        code.WriteLiterals(ref writer, text.Tail);
    }
}
