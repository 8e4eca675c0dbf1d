namespace EdgeProxy.Engine.Compilation.Operators.Relations;

/// <summary>Equal.</summary>
internal readonly struct EqualRelation : IRelation
{
    /// <inheritdoc/>
    public static bool Holds(int order) => order == 0;

    /// <inheritdoc/>
    public static bool Holds(double left, double right) => left == right;

    /// <inheritdoc/>
    public static bool Holds(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.SequenceEqual(right);
}
