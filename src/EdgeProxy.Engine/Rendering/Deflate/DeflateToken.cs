namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>A literal byte, or a match with earlier text.</summary>
internal readonly struct DeflateToken
{
    private readonly uint _value;

    private DeflateToken(uint value)
    {
        _value = value;
    }

    public bool IsMatch => _value > byte.MaxValue;

    public byte Literal => (byte)_value;

    public int Length => (int)(_value >> 16);

    public int Distance => (int)(_value & 0xFFFF);

    public static DeflateToken Byte(byte literal) => new(literal);

    /// <param name="length">Up to <see cref="DeflateSymbols.LongestMatch"/>.</param>
    /// <param name="distance">Up to <see cref="DeflateSymbols.FarthestMatch"/>.</param>
    public static DeflateToken Match(int length, int distance) => new(((uint)length << 16) | (uint)distance);
}
