using System.Text;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Tests.Upstream;

public sealed class DocumentPagesTests
{
    [Theory]
    [InlineData("""{"a":1.50,"identity_overrides":[1, 2],"b":"x"}""", """{"identity_overrides":[3]}""", """{"a":1.50,"identity_overrides":[1, 2,3],"b":"x"}""")]
    [InlineData("""{"identity_overrides":[]}""", """{"identity_overrides":[ 3 ]}""", """{"identity_overrides":[3]}""")]
    [InlineData("""{"identity_overrides":[1]}""", """{"identity_overrides":[]}""", """{"identity_overrides":[1]}""")]
    [InlineData("""{"identity_overrides":null,"a":1}""", """{"identity_overrides":[3]}""", """{"identity_overrides":[3],"a":1}""")]
    [InlineData("""{"a":1}""", """{"identity_overrides":[3]}""", """{"a":1,"identity_overrides":[3]}""")]
    [InlineData("""{}""", """{"identity_overrides":[3]}""", """{"identity_overrides":[3]}""")]
    [InlineData("""{"\ud800":1,"identity_overrides":[1]}""", """{"\ud800":1,"identity_overrides":[3]}""", """{"\ud800":1,"identity_overrides":[1,3]}""")]
    [InlineData("""{"a":{"identity_overrides":[9]},"identity_overrides":[1]}""", """{"a":1}""", """{"a":{"identity_overrides":[9]},"identity_overrides":[1]}""")]
    public void Merge_TwoPages_TheFirstWithTheOverridesOfBoth(string first, string second, string expected)
    {
        Assert.Equal(expected, Encoding.UTF8.GetString(DocumentPages.Merge([Encoding.UTF8.GetBytes(first), Encoding.UTF8.GetBytes(second)])));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} x")]
    [InlineData("""{"identity_overrides":{}}""")]
    [InlineData("""{"identity_overrides":[1}""")]
    public void Merge_NotAPage_Refused(string page)
    {
        Assert.Throws<UpstreamException>(() => DocumentPages.Merge(["""{"identity_overrides":[1]}"""u8.ToArray(), Encoding.UTF8.GetBytes(page)]));
    }
}
