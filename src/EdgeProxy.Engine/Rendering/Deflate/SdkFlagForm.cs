namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>The form of the SDK API (docs/spec/sdk-api.md 3.1).</summary>
internal readonly struct SdkFlagForm : IFlagForm<FlagLayout>
{
    /// <inheritdoc/>
    public static int LongRest => 64;

    private static ReadOnlySpan<byte> UsualDetails => ",\"variant\":null,\"reason\":\"DEFAULT\""u8;

    /// <inheritdoc/>
    public static FlagLayout LayoutOf(in FlagText text) => FlagLayout.Of(in text);

    /// <inheritdoc/>
    public static int RestOf(in FlagLayout layout) => layout.ValueStart;

    /// <inheritdoc/>
    public static void WriteFirstHead(DeflateCode code, ref BitWriter writer, scoped in FlagText text, scoped in FlagLayout layout)
    {
        code.WriteLiterals(ref writer, text.Head[..layout.DetailsStart]);
        code.WriteLiterals(ref writer, text.Details(in layout));
        code.WriteLiterals(ref writer, text.DetailsRest(in layout));
        code.WriteLiterals(ref writer, FlagLayout.BeforeValue);
    }

    /// <inheritdoc/>
    public static void WriteHead(
        DeflateCode code, ref BitWriter writer, scoped in FlagText text, scoped in FlagLayout layout, scoped in FlagText otherText, scoped in FlagLayout other)
    {
        var distance = otherText.Length + 1;
        var head = text.Head;
        CommonText.Write(code, ref writer, FlagLayout.Opening, distance);
        code.WriteLiterals(ref writer, head[FlagLayout.Opening.Length..layout.IdEnd]);
        CommonText.Write(code, ref writer, FlagLayout.BeforeName, distance + layout.IdEnd - other.IdEnd);
        code.WriteLiterals(ref writer, head[layout.NameStart..layout.NameEnd]);
        var type = head[layout.NameEnd..layout.EnabledStart];
        var isSameType = otherText.Head[other.NameEnd..other.EnabledStart].SequenceEqual(type);
        CommonText.Write(code, ref writer, type, isSameType ? distance + layout.NameEnd - other.NameEnd : int.MaxValue);
        code.WriteLiterals(ref writer, head[layout.EnabledStart..layout.EnabledEnd]);

        // From the last letter of true or false to the value, if that is equal; else the common start of the reasons.
        var details = text.Details(in layout);
        var otherDetails = otherText.Details(in other);
        var length = layout.ValueStart - layout.EnabledEnd;
        distance += layout.EnabledEnd - other.EnabledEnd;
        if (length == other.ValueStart - other.EnabledEnd && details.SequenceEqual(otherDetails) && CommonText.CanMatch(length, distance))
        {
            code.WriteMatch(ref writer, length, distance);
            return;
        }

        code.WriteLiterals(ref writer, head[layout.EnabledEnd..layout.DetailsStart]);
        CommonText.WriteAfter(code, ref writer, details, otherDetails, distance);
        code.WriteLiterals(ref writer, text.DetailsRest(in layout));
        CommonText.Write(code, ref writer, FlagLayout.BeforeValue, distance + length - (other.ValueStart - other.EnabledEnd));
    }

    /// <inheritdoc/>
    public static void WriteFirstRest(DeflateCode code, ref BitWriter writer, scoped in FlagText text, scoped in FlagLayout layout) =>
        code.WriteLiterals(ref writer, text.Value(in layout));

    /// <inheritdoc/>
    public static void WriteRest(
        DeflateCode code, ref BitWriter writer, scoped in FlagText text, scoped in FlagLayout layout, scoped in FlagText otherText, scoped in FlagLayout other) =>
        code.WriteLiterals(ref writer, text.Value(in layout));

    /// <inheritdoc/>
    public static void Count(SymbolCounts counts, in FlagText text, in FlagLayout layout, long weight)
    {
        counts.AddLiterals(text.Head[FlagLayout.Opening.Length..layout.IdEnd], weight);
        counts.AddLiterals(text.Head[layout.NameStart..layout.NameEnd], weight);
        counts.AddLiterals(text.Head[layout.EnabledStart..layout.EnabledEnd], weight);
        var details = text.Details(in layout);
        counts.AddLiterals(details[details.CommonPrefixLength(UsualDetails)..], weight);
        if (text.Length - layout.ValueStart < LongRest)
        {
            counts.AddLiterals(text.Value(in layout), weight);
        }

        ReadOnlySpan<int> lengths = [FlagLayout.Opening.Length, FlagLayout.BeforeName.Length, layout.EnabledStart - layout.NameEnd, layout.ValueStart - layout.EnabledEnd];
        foreach (var length in lengths)
        {
            counts.AddMatch(Math.Min(length, DeflateSymbols.LongestMatch), Math.Min(text.Length, DeflateSymbols.FarthestMatch), weight);
        }
    }
}
