using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace EdgeProxy.Host.Common;

/// <summary>
/// Compares keys without a timing side channel: keys are found by a hash with a random seed per process, then compared in
/// constant time.
/// </summary>
internal sealed class KeyComparer : IEqualityComparer<string>
{
    /// <inheritdoc/>
    public bool Equals(string? x, string? y) =>
        x is not null && y is not null
        && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(x.AsSpan()), MemoryMarshal.AsBytes(y.AsSpan()));

    /// <inheritdoc/>
    public int GetHashCode(string obj) => string.GetHashCode(obj, StringComparison.Ordinal);
}
