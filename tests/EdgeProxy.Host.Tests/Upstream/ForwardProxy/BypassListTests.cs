using EdgeProxy.Host.Upstream.ForwardProxy;

namespace EdgeProxy.Host.Tests.Upstream.ForwardProxy;

/// <summary>docs/spec/upstream-api.md 1.5: <c>NO_PROXY</c> as curl, Go and httpx read it.</summary>
public sealed class BypassListTests
{
    [Theory]
    [InlineData("*", "http://api.example.com/")]
    [InlineData("example.com", "http://example.com/")]
    [InlineData("example.com", "http://api.example.com/")]
    [InlineData("example.com", "https://a.b.example.com:8443/")]
    [InlineData("EXAMPLE.com", "http://Api.Example.COM/")]
    [InlineData("example.com.", "http://example.com/")]
    [InlineData("example.com", "http://example.com./")]
    [InlineData(".example.com", "http://example.com/")]
    [InlineData(".example.com", "http://api.example.com/")]
    [InlineData("*.example.com", "http://example.com/")]
    [InlineData("*.example.com", "http://api.example.com/")]
    [InlineData("example.com:8000", "http://api.example.com:8000/")]
    [InlineData("example.com:443", "https://example.com/")]
    [InlineData("localhost", "http://localhost:8000/")]
    [InlineData("10.1.2.3", "http://10.1.2.3/")]
    [InlineData("10.1.2.3:8000", "http://10.1.2.3:8000/")]
    [InlineData("10.0.0.0/8", "http://10.1.2.3/")]
    [InlineData("10.9.9.9/8", "http://10.1.2.3/")]
    [InlineData("::1", "http://[::1]/")]
    [InlineData("[::1]", "http://[::1]:8000/")]
    [InlineData("[::1]:8000", "http://[::1]:8000/")]
    [InlineData("fd00::/8", "http://[fd12::1]/")]
    [InlineData("10.0.0.0/8", "http://[::ffff:10.1.2.3]/")]
    [InlineData("one.test, example.com", "http://example.com/")]
    [InlineData("one.test example.com", "http://example.com/")]
    [InlineData("one.test,,\texample.com,", "http://example.com/")]
    [InlineData("http://example.com", "http://example.com/")]
    public void Matches_Exempted_True(string list, string url) => Assert.True(new BypassList(list).Matches(new Uri(url)));

    [Theory]
    [InlineData(null, "http://example.com/")]
    [InlineData("", "http://example.com/")]
    [InlineData("example.com", "http://notexample.com/")]
    [InlineData("example.com", "http://example.com.evil.test/")]
    [InlineData(".example.com", "http://notexample.com/")]
    [InlineData("api.example.com", "http://example.com/")]
    [InlineData("example.com:8000", "http://example.com/")]
    [InlineData("example.com:8000", "http://example.com:8001/")]
    [InlineData("10.1.2.3", "http://10.1.2.4/")]
    [InlineData("10.1.2.3:8000", "http://10.1.2.3/")]
    [InlineData("10.0.0.0/8", "http://11.1.2.3/")]
    [InlineData("10.0.0.0/8", "http://10.example.com/")]
    [InlineData("10.0.0.0/99", "http://10.1.2.3/")]
    [InlineData("::1", "http://[::2]/")]
    [InlineData("[::1]:8000", "http://[::1]:8001/")]
    [InlineData("fd00::/8", "http://[fe80::1]/")]
    [InlineData("https://example.com", "http://example.com/")]
    [InlineData("ex*mple.com", "http://example.com/")]
    public void Matches_NotExempted_False(string? list, string url) => Assert.False(new BypassList(list).Matches(new Uri(url)));
}
