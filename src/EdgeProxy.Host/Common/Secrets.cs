using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace EdgeProxy.Host.Common;

/// <summary>Comparison of secrets.</summary>
internal static class Secrets
{
    /// <summary>Compares without telling, by the time that it takes, how much of a guess was right.</summary>
    public static bool AreEqual(ReadOnlySpan<char> guess, ReadOnlySpan<char> secret) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(guess), MemoryMarshal.AsBytes(secret));
}
