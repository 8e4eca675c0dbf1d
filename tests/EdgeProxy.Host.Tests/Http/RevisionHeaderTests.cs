using EdgeProxy.Host.Http;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http;

/// <summary><c>X-EdgeProxy-Revision</c>, which is off by default.</summary>
public sealed class RevisionHeaderTests
{
    private const string Header = "X-EdgeProxy-Revision";
    private const string Key = "a-client-side-key";

    [Theory]
    [InlineData("/api/v1/flags/")]
    [InlineData("/api/v1/identities/?identifier=olga")]
    [InlineData("/api/v1/environment-document/")]
    public async Task Get_HeaderOn_RevisionOfTheDocument(string target)
    {
        await using var proxy = await TestProxy.ServeAsync(new ProxyOptions { Revision = new RevisionOptions { IsSent = true } }, Documents.Small(Key).ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, target, $"ser.{Key}", body: null, ("Origin", "https://page.example"));

        var revision = Assert.Single(proxy.Registry.Environments).Current!.Document.Version;
        Assert.Equal(revision, Assert.Single(response.Headers.GetValues(Header)));
        Assert.Contains(Header, Assert.Single(response.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/identities/", """{"identifier":"olga"}""", 200)]
    [InlineData("/api/v1/identities/", "{", 422)]
    [InlineData("/ofrep/v1/evaluate/flags", """{"context":{"targetingKey":"olga"}}""", 200)]
    [InlineData("/ofrep/v1/evaluate/flags/plain", """{"context":{"targetingKey":"olga"}}""", 200)]
    public async Task Post_HeaderOn_RevisionOfTheDocument(string target, string body, int status)
    {
        await using var proxy = await TestProxy.ServeAsync(new ProxyOptions { Revision = new RevisionOptions { IsSent = true } }, Documents.Small(Key).ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Post, target, Key, body);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(Assert.Single(proxy.Registry.Environments).Current!.Document.Version, Assert.Single(response.Headers.GetValues(Header)));
    }

    [Fact]
    public async Task Get_Default_NoHeader()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", Key, body: null, ("Origin", "https://page.example"));

        Assert.False(response.Headers.Contains(Header));
        Assert.DoesNotContain(Header, Assert.Single(response.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }
}
