namespace EdgeProxy.Engine.Evaluation;

/// <summary>A value as conditions read it. Text is in the frame's buffer, so that a slot is plain bits.</summary>
internal struct SlotValue
{
    /// <summary>The number, for <see cref="SlotKind.Integer"/>; the bits of <see cref="Double"/>.</summary>
    public long Bits;

    /// <summary>The offset of the text, for <see cref="SlotKind.Text"/> and <see cref="SlotKind.BigInteger"/>.</summary>
    public int Offset;

    /// <summary>The length of the text in bytes.</summary>
    public int Length;

    /// <summary>The kind of the value.</summary>
    public SlotKind Kind;

    /// <summary>The double, for <see cref="SlotKind.Double"/>; the nearest one, for <see cref="SlotKind.BigInteger"/>.</summary>
    public readonly double Double => BitConverter.Int64BitsToDouble(Bits);
}
