using System.Net;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Endpoints;

/// <summary><c>GET /</c> (docs/spec/sdk-api.md 11).</summary>
public sealed class RootEndpointTests : IAsyncLifetime
{
    private TestProxy _proxy = null!;

    public async Task InitializeAsync() => _proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/json")]
    public async Task Get_Program_VersionAndLinksThatLeadSomewhere(string? accept)
    {
        using var response = await AskAsync("/", accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("EdgeProxy", (string?)body["name"]);
        Assert.Equal(ProgramVersion.Text, (string?)body["version"]);
        foreach (var (_, path) in body["links"]!.AsObject())
        {
            using var linked = await AskAsync((string)path!, accept: null);
            Assert.NotEqual(HttpStatusCode.NotFound, linked.StatusCode);
        }
    }

    [Fact]
    public async Task Get_Browser_APageThatLoadsNothingElse()
    {
        using var response = await AskAsync("/", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");

        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Accept", string.Join(", ", response.Headers.Vary), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains($"EdgeProxy {ProgramVersion.Text}", page, StringComparison.Ordinal);
        Assert.Contains("<code>/api/v1/</code>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Favicon_Browser_AnIcon()
    {
        using var response = await AskAsync("/favicon.ico", "image/*");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await _proxy.Client.SendAsync(request);
    }
}
