using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>A version by Semantic Versioning 2.0.0, strict; compared by precedence (its section 11).</summary>
internal sealed partial class ReferenceVersion
{
    private readonly BigInteger[] _core;
    private readonly string[] _preRelease;

    private ReferenceVersion(BigInteger[] core, string[] preRelease)
    {
        _core = core;
        _preRelease = preRelease;
    }

    /// <summary>Null where the text is not a version.</summary>
    public static ReferenceVersion? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        BigInteger[] core = [Number(match.Groups["major"].Value), Number(match.Groups["minor"].Value), Number(match.Groups["patch"].Value)];
        var preRelease = match.Groups["pre"];
        return new ReferenceVersion(core, preRelease.Success ? preRelease.Value.Split('.') : []);
    }

    public static int Compare(ReferenceVersion left, ReferenceVersion right)
    {
        for (var i = 0; i < left._core.Length; i++)
        {
            if (left._core[i] != right._core[i])
            {
                return left._core[i].CompareTo(right._core[i]);
            }
        }

        // A pre-release comes before its release.
        if (left._preRelease.Length == 0 || right._preRelease.Length == 0)
        {
            return right._preRelease.Length.CompareTo(left._preRelease.Length);
        }

        for (var i = 0; i < Math.Min(left._preRelease.Length, right._preRelease.Length); i++)
        {
            var comparison = CompareIdentifiers(left._preRelease[i], right._preRelease[i]);
            if (comparison != 0)
            {
                return comparison;
            }
        }

        return left._preRelease.Length.CompareTo(right._preRelease.Length);
    }

    private static int CompareIdentifiers(string left, string right)
    {
        var leftIsNumber = left.All(char.IsAsciiDigit);
        var rightIsNumber = right.All(char.IsAsciiDigit);
        return (leftIsNumber, rightIsNumber) switch
        {
            (true, true) => Number(left).CompareTo(Number(right)),
            (true, false) => -1,
            (false, true) => 1,
            (false, false) => string.CompareOrdinal(left, right),
        };
    }

    private static BigInteger Number(string digits) => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    // The expression that semver.org suggests, with \A and \z because $ would allow a line feed.
    [GeneratedRegex(
        @"\A(?<major>0|[1-9][0-9]*)\.(?<minor>0|[1-9][0-9]*)\.(?<patch>0|[1-9][0-9]*)"
            + @"(?:-(?<pre>(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + @"(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?\z",
        RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex Form();
}
