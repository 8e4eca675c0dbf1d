namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>
/// A form of rendered flags, as far as it matters for writing a flag behind any other: what the two have in common is written
/// as matches. A flag is a head, up to its value, and a rest. Static, so that the code is compiled for each form.
/// </summary>
/// <typeparam name="TLayout">The positions of the parts of a flag.</typeparam>
internal interface IFlagForm<TLayout>
    where TLayout : struct
{
    /// <summary>
    /// The length of a long rest in bytes, which is coded without regard to what is before it, so that it can be copied
    /// behind any flag. Shorter ones are written as fast as copied, and compress better with the previous flag in the window.
    /// </summary>
    static abstract int LongRest { get; }

    /// <summary>Finds the parts of a flag.</summary>
    static abstract TLayout LayoutOf(in FlagText text);

    /// <summary>The start of the rest.</summary>
    static abstract int RestOf(in TLayout layout);

    /// <summary>Writes the head of the first flag of an answer.</summary>
    static abstract void WriteFirstHead(DeflateCode code, ref BitWriter writer, scoped in FlagText text, scoped in TLayout layout);

    /// <summary>Writes the head of a flag behind another.</summary>
    static abstract void WriteHead(
        DeflateCode code, ref BitWriter writer, scoped in FlagText text, scoped in TLayout layout, scoped in FlagText otherText, scoped in TLayout other);

    /// <summary>Writes the rest of the first flag of an answer.</summary>
    static abstract void WriteFirstRest(DeflateCode code, ref BitWriter writer, scoped in FlagText text, scoped in TLayout layout);

    /// <summary>Writes the rest of a flag behind another.</summary>
    static abstract void WriteRest(
        DeflateCode code, ref BitWriter writer, scoped in FlagText text, scoped in TLayout layout, scoped in FlagText otherText, scoped in TLayout other);

    /// <summary>Counts the symbols of a flag behind another.</summary>
    static abstract void Count(SymbolCounts counts, in FlagText text, in TLayout layout, long weight);
}
