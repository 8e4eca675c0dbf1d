namespace EdgeProxy.Engine.Compilation.Operators.Relations;

/// <summary>Less or equal.</summary>
internal readonly struct LessOrEqualRelation : IRelation
{
    /// <inheritdoc/>
    public static bool Holds(int order) => order <= 0;

    /// <inheritdoc/>
    public static bool Holds(double left, double right) => left <= right;

    /// <inheritdoc/>
    public static bool Holds(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.SequenceCompareTo(right) <= 0;
}
