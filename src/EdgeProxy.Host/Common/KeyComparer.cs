namespace EdgeProxy.Host.Common;

/// <summary>
/// Compares keys without a timing side channel: keys are found by a hash with a random seed per process, then compared in
/// constant time.
/// </summary>
internal sealed class KeyComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<char>, string>
{
    /// <inheritdoc/>
    public bool Equals(string? x, string? y) => x is not null && y is not null && Equals(x.AsSpan(), y);

    /// <inheritdoc/>
    public int GetHashCode(string obj) => GetHashCode(obj.AsSpan());

    /// <inheritdoc/>
    public bool Equals(ReadOnlySpan<char> alternate, string other) => Secrets.AreEqual(alternate, other);

    /// <inheritdoc/>
    public int GetHashCode(ReadOnlySpan<char> alternate) => string.GetHashCode(alternate, StringComparison.Ordinal);

    /// <inheritdoc/>
    public string Create(ReadOnlySpan<char> alternate) => alternate.ToString();
}
