using System.Text;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Values;

/// <summary>Semantic Versioning 2.0.0.</summary>
public sealed class SemanticVersionTests
{
    /// <summary>By ascending precedence (clause 11), one step each.</summary>
    private static readonly string[] Ordered =
    [
        "0.0.0-0", "0.0.0", "0.0.1", "0.1.0", "1.0.0-0", "1.0.0-9", "1.0.0-10", "1.0.0-99999999999999999999", "1.0.0--", "1.0.0-A", "1.0.0-alpha",
        "1.0.0-alpha.1", "1.0.0-alpha.1.0", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
        "1.2.3", "1.2.10", "1.10.0", "2.0.0", "10.0.0", "99999999999999999999.0.0", "100000000000000000000.0.0",
    ];

    [Fact]
    public void Compare_EveryPair_ByPrecedence()
    {
        for (var i = 0; i < Ordered.Length; i++)
        {
            for (var j = 0; j < Ordered.Length; j++)
            {
                Assert.True(Math.Sign(Compare(Ordered[i], Ordered[j])) == i.CompareTo(j), $"{Ordered[i]} and {Ordered[j]}");
            }
        }
    }

    [Theory]
    [InlineData("1.2.3", "1.2.3+build")]
    [InlineData("1.2.3+a.b-c", "1.2.3+001")]
    [InlineData("1.2.3-rc.1+a", "1.2.3-rc.1")]
    public void Compare_BuildMetadata_Ignored(string left, string right)
    {
        Assert.Equal(0, Compare(left, right));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2")]
    [InlineData("1.2.")]
    [InlineData("1.2.3.")]
    [InlineData("1.2.3.4")]
    [InlineData("v1.2.3")]
    [InlineData("V1.2.3")]
    [InlineData("01.2.3")]
    [InlineData("1.02.3")]
    [InlineData("1.2.03")]
    [InlineData("-1.2.3")]
    [InlineData("+1.2.3")]
    [InlineData(" 1.2.3")]
    [InlineData("1.2.3 ")]
    [InlineData("1.2.3\n")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3-a.")]
    [InlineData("1.2.3-.a")]
    [InlineData("1.2.3-a..b")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3-a.01")]
    [InlineData("1.2.3-a_b")]
    [InlineData("1.2.3-é")]
    [InlineData("1.2.3+")]
    [InlineData("1.2.3+a..b")]
    [InlineData("1.2.3+a+b")]
    [InlineData("1.2.3-a+")]
    [InlineData("1.2.x")]
    [InlineData("a.b.c")]
    [InlineData("1..3")]
    [InlineData("١.٢.٣")]
    public void TryParse_NotAVersion_False(string text)
    {
        Assert.False(SemanticVersion.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Theory]
    [InlineData("0.0.0")]
    [InlineData("1.2.3-0a")]
    [InlineData("1.2.3-00a.0.a-b")]
    [InlineData("1.2.3--.-.--")]
    [InlineData("1.2.3+00.-.01")]
    public void TryParse_AVersion_True(string text)
    {
        Assert.True(SemanticVersion.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    private static int Compare(string left, string right)
    {
        var (leftText, rightText) = (Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
        Assert.True(SemanticVersion.TryParse(leftText, out var leftVersion), left);
        Assert.True(SemanticVersion.TryParse(rightText, out var rightVersion), right);
        return SemanticVersion.Compare(leftText, in leftVersion, rightText, in rightVersion);
    }
}
