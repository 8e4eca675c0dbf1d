namespace EdgeProxy.Engine.Compilation.Operators.Relations;

/// <summary>Equal, less, greater: what a comparison asks for.</summary>
internal interface IRelation
{
    /// <summary>By the sign of a comparison of two values that are ordered.</summary>
    static abstract bool Holds(int order);

    /// <summary>For doubles, where one that is not a number is neither less, greater nor equal.</summary>
    static abstract bool Holds(double left, double right);

    /// <summary>For text, by code point; in UTF-8 that is by byte.</summary>
    static abstract bool Holds(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);
}
