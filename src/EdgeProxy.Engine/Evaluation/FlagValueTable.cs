namespace EdgeProxy.Engine.Evaluation;

/// <summary>The values that flag paths can have, prepared for each flag of the features that are read.</summary>
internal sealed class FlagValueTable
{
    private readonly int[] _ordinals;
    private readonly byte[] _text;

    /// <param name="ordinals">By flag: its number among the flags of its feature.</param>
    /// <param name="text">The text of all values.</param>
    public FlagValueTable(int[] ordinals, byte[] text)
    {
        _ordinals = ordinals;
        _text = text;
    }

    /// <summary>The entry of a flag for which the path has no value.</summary>
    public static SlotValue Nowhere => new() { Length = -1 };

    /// <summary>Determines whether the path has no value.</summary>
    public static bool IsNowhere(in SlotValue value) => value.Length < 0;

    /// <summary>Returns a flag's number among the flags of its feature.</summary>
    public int Ordinal(int flag) => _ordinals[flag];

    /// <summary>Returns the text of a value of this table.</summary>
    public ReadOnlySpan<byte> TextOf(in SlotValue value) => _text.AsSpan(value.Offset, value.Length);
}
