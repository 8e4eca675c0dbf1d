using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace EdgeProxy.Host.Common;

/// <summary>Comparison of secrets.</summary>
internal static class Secrets
{
    /// <summary>Compares in constant time, so that the time does not tell how much of a guess is right.</summary>
    public static bool AreEqual(ReadOnlySpan<char> guess, ReadOnlySpan<char> secret) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(guess), MemoryMarshal.AsBytes(secret));
}
