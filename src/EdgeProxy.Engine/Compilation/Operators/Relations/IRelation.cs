namespace EdgeProxy.Engine.Compilation.Operators.Relations;

/// <summary>The relation that a comparison tests: equal, less, greater.</summary>
internal interface IRelation
{
    /// <summary>Tests the sign of a comparison of two ordered values.</summary>
    static abstract bool Holds(int order);

    /// <summary>Tests doubles; one that is not a number is neither less, greater nor equal.</summary>
    static abstract bool Holds(double left, double right);

    /// <summary>Tests text, by code point; in UTF-8 that is by byte.</summary>
    static abstract bool Holds(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);
}
