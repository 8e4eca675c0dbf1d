using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>The hash that spreads identities over 0 to 100 percent (docs/spec/evaluation.md 6).</summary>
internal static class ReferenceHash
{
    [SuppressMessage("Security", "CA5351", Justification = "docs/spec/evaluation.md 6 says MD5; nothing is protected by it.")]
    public static double Of(params string[] ids)
    {
        for (var times = 1; ; times++)
        {
            var text = string.Join(',', Enumerable.Repeat(ids, times).SelectMany(list => list));
            var number = new BigInteger(MD5.HashData(Encoding.UTF8.GetBytes(text)), isUnsigned: true, isBigEndian: true);
            var percentage = (double)(number % 9999) / 9998 * 100;
            if (percentage != 100)
            {
                return percentage;
            }
        }
    }
}
