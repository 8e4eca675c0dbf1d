namespace EdgeProxy.Host.Analytics;

/// <summary>Compares names by their bytes, with a hash that clients cannot predict.</summary>
internal sealed class FeatureNameComparer : IEqualityComparer<FeatureName>, IAlternateEqualityComparer<ReadOnlySpan<byte>, FeatureName>
{
    /// <summary>The comparer.</summary>
    public static FeatureNameComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(FeatureName? x, FeatureName? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.Utf8.AsSpan().SequenceEqual(y.Utf8));

    /// <inheritdoc/>
    public int GetHashCode(FeatureName obj) => GetHashCode(obj.Utf8);

    /// <inheritdoc/>
    public bool Equals(ReadOnlySpan<byte> alternate, FeatureName other) => alternate.SequenceEqual(other.Utf8);

    /// <inheritdoc/>
    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = default(HashCode);
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public FeatureName Create(ReadOnlySpan<byte> alternate) => new(alternate);
}
