using System.Reflection;
using System.Reflection.Emit;
using System.Security.Cryptography;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Tests.Common;

public sealed class KeyComparerTests
{
    private readonly KeyComparer _comparer = new();

    [Theory]
    [InlineData("key", "key", true)]
    [InlineData("key", "kez", false)]
    [InlineData("key", "ke", false)]
    [InlineData("key", "KEY", false)]
    [InlineData("", "", true)]
    [InlineData("\u0141", "\u0041", false)]
    public void Equals_TwoKeys_OnlyIfTheyAreTheSame(string left, string right, bool expected)
    {
        Assert.Equal(expected, _comparer.Equals(left, right));
        Assert.Equal(expected, _comparer.GetHashCode(left) == _comparer.GetHashCode(right));
    }

    [Theory]
    [InlineData(typeof(KeyComparer), "Equals")]
    [InlineData(typeof(Secrets), "AreEqual")]
    public void Comparison_OfASecret_ByNothingButTheOneThatTakesAsLongWhereverItDiffers(Type type, string method)
    {
        // By construction: a difference of nanoseconds cannot be measured here.
        var methods = type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(declared => declared.Name == method).ToList();
        var called = methods.SelectMany(Calls).SelectMany(static callee => callee.DeclaringType == typeof(Secrets) ? Calls((MethodInfo)callee) : [callee])
            .Where(callee => !methods.Contains(callee)).ToList(); // an overload may call another

        Assert.Contains(typeof(CryptographicOperations).GetMethod(nameof(CryptographicOperations.FixedTimeEquals))!, called);
        Assert.All(called, static callee => Assert.Contains(callee.Name, new[] { nameof(CryptographicOperations.FixedTimeEquals), "AsBytes", "AsSpan", "op_Implicit" }));
    }

    private static List<MethodBase> Calls(MethodInfo method)
    {
        var code = method.GetMethodBody()!.GetILAsByteArray()!;
        var calls = new List<MethodBase>();
        for (var i = 0; i + sizeof(int) < code.Length; i++)
        {
            if (code[i] == OpCodes.Call.Value || code[i] == OpCodes.Callvirt.Value)
            {
                calls.Add(method.Module.ResolveMethod(BitConverter.ToInt32(code, i + 1))!);
                i += sizeof(int);
            }
        }

        return calls;
    }
}
