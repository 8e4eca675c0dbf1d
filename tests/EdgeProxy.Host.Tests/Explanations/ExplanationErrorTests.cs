using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Explanations;

/// <summary>docs/spec/explain.md 1.2: requests that are not explained.</summary>
public sealed class ExplanationErrorTests
{
    private const string Path = "/proxy/explain";
    private const string Key = "a-client-side-key";

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "{")]
    public async Task Explain_DocumentNotLoaded_ServiceUnavailable(string method, string body)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Behaviour = FakeUpstream.Status(500);
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1") },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions($"ser.{Key}", Key)],
        });

        using var response = await proxy.SendAsync(new HttpMethod(method), Path, Key, method == "POST" ? body : null);

        Assert.Equal(503, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("PLAIN")]
    [InlineData("")]
    [InlineData("<script>\u001b")]
    public async Task Explain_UnknownFeature_NotFoundAndSaysWhere(string feature)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Post, $"{Path}?feature={Uri.EscapeDataString(feature)}", Key, """{"identifier":"ada"}""");

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"environment 'Test' has no feature '{feature}'", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["message"]);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Explain_OtherMethod_NotAllowed(string method)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());

        using var response = await proxy.SendAsync(new HttpMethod(method), Path, Key);

        Assert.Equal(405, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("POST", "{}")]
    public async Task Explain_IdentifierOfTheQueryTooLong_AsForSdks(string method, string? body)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());
        var query = $"?identifier={new string('i', 2001)}";

        using var explained = await proxy.SendAsync(new HttpMethod(method), Path + query, Key, body);
        using var answered = await proxy.SendAsync(HttpMethod.Get, $"/api/v1/identities/{query}", Key);

        Assert.Equal(422, (int)explained.StatusCode);
        Assert.Equal(await answered.Content.ReadAsStringAsync(), await explained.Content.ReadAsStringAsync());
    }
}
