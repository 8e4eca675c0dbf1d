using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace EdgeProxy.Host.Common;

/// <summary>
/// Compares keys so that the time it takes says nothing of how much of a guess was right: found by a hash that is seeded
/// anew in each process, then compared over the whole length.
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
