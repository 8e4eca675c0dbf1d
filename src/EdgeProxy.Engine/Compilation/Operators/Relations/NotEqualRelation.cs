namespace EdgeProxy.Engine.Compilation.Operators.Relations;

/// <summary>Not equal; true for any value and a double that is not a number.</summary>
internal readonly struct NotEqualRelation : IRelation
{
    /// <inheritdoc/>
    public static bool Holds(int order) => order != 0;

    /// <inheritdoc/>
    public static bool Holds(double left, double right) => left != right;

    /// <inheritdoc/>
    public static bool Holds(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => !left.SequenceEqual(right);
}
