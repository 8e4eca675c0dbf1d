using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Tools.Upstream;

namespace EdgeProxy.Tooling.Tests.Tools.Upstream;

public sealed class StandInApiTests : StandInFixture
{
    [Fact]
    public async Task Document_ByServerSideKey_IsTheSameBytes()
    {
        using var response = await FetchAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Document, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), response.Content.Headers.LastModified);
        Assert.Equal("1767225600", Assert.Single(response.Headers.GetValues("X-Flagsmith-Document-Updated-At")));
    }

    [Theory]
    [InlineData("one")]
    [InlineData("ser.two")]
    [InlineData("")]
    public async Task Document_ByAnotherKey_IsForbidden(string key)
    {
        using var response = await FetchAsync(key);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Document_ForClientsThatAcceptGzip_IsCompressed()
    {
        using var response = await FetchAsync(change: static request => request.Headers.Add("Accept-Encoding", "br, gzip"));

        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        using var content = new MemoryStream();
        await using var gzip = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        await gzip.CopyToAsync(content);
        Assert.Equal(Document, content.ToArray());
    }

    [Fact]
    public async Task Document_ByCondition_NotModifiedUntilItChanges()
    {
        using var first = await FetchAsync();
        using var byTag = await FetchAsync(change: request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        using var byTime = await FetchAsync(change: request => request.Headers.IfModifiedSince = first.Content.Headers.LastModified);
        using var byEarlierTime = await FetchAsync(change: request => request.Headers.IfModifiedSince = first.Content.Headers.LastModified!.Value.AddSeconds(-1));
        using var touched = await ControlAsync("""{"touch":"one"}""");
        using var byOldTag = await FetchAsync(change: request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        using var byOldTime = await FetchAsync(change: request => request.Headers.IfModifiedSince = first.Content.Headers.LastModified);

        Assert.Equal(HttpStatusCode.NotModified, byTag.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, byTime.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byEarlierTime.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byOldTag.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byOldTime.StatusCode);
    }

    [Fact]
    public async Task Document_InPages_AllOverridesOnce()
    {
        using var changed = await ControlAsync("""{"pages":3}""");
        var identifiers = new List<string>();
        var query = "";
        var pages = 0;
        while (true)
        {
            using var response = await FetchAsync(query: query);
            pages++;
            var json = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            identifiers.AddRange(json["identity_overrides"]!.AsArray().Select(static item => (string)item!["identifier"]!));
            if (!response.Headers.TryGetValues("Link", out var link))
            {
                break;
            }

            query = link.Single().Split('?', '>')[1].Insert(0, "?");
        }

        Assert.Equal(3, pages);
        Assert.Equal(["override-0", "override-1", "override-2", "override-3", "override-4"], identifiers);
    }

    [Fact]
    public async Task ProxyConfig_ByProxyKey_ListsEveryEnvironment()
    {
        using var refused = await Client.GetAsync("/api/v1/proxy/config/");
        Client.DefaultRequestHeaders.Add("X-Proxy-Key", StandInApi.ProxyKey);

        var listed = Assert.Single(JsonNode.Parse(await Client.GetStringAsync("/api/v1/proxy/config/"))!.AsArray())!;

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("one", (string?)listed["client_side_key"]);
        Assert.Equal("ser.one", (string?)listed["server_side_keys"]![0]!["key"]);
    }

    [Theory]
    [InlineData("/api/v1/analytics/flags/", "analytics", 200)]
    [InlineData("/api/v2/analytics/flags/", "analytics", 204)]
    [InlineData("/api/v1/proxy/usage/", "usage", 403)]
    [InlineData("/api/v1/identities/", "identities", 200)]
    public async Task Post_WhatTheApiTakes_IsAnsweredAndNoted(string path, string kind, int status)
    {
        using var response = await Client.PostAsync(path, new StringContent("""{"a":1}""", Encoding.UTF8, "application/json"));

        Assert.Equal(status, (int)response.StatusCode);
        var received = (await ReceivedAsync())[kind]!.AsArray().Single()!;
        Assert.Equal(1, (int)received["body"]!["a"]!);
        Assert.Equal(path, (string?)received["path"]);
    }

    [Fact]
    public async Task Fetches_EachWithItsStatus_AreNoted()
    {
        using var first = await FetchAsync();
        using var second = await FetchAsync(change: request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        using var third = await FetchAsync("ser.two");

        Assert.Equal([200, 304, 403], (await ReceivedAsync())["fetches"]!.AsArray().Select(static fetch => (int)fetch!["status"]!));
    }

    [Theory]
    [InlineData("/api/v1/flags/")]
    [InlineData("/sse/environments/two/stream")]
    public async Task Get_AnythingElse_IsNotFound(string path)
    {
        using var response = await Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public void ConfigurationFile_ForTheProxy_LeadsHere()
    {
        var configuration = JsonNode.Parse(ProxyConfigurationFile.Text(Api, proxyPort: 8123, pollSeconds: 7))!;

        Assert.Equal($"{Api.Address}api/v1", (string?)configuration["api_url"]);
        Assert.Equal("ser.one", (string?)configuration["environment_key_pairs"]![0]!["server_side_key"]);
        Assert.Equal("one", (string?)configuration["environment_key_pairs"]![0]!["client_side_key"]);
        Assert.Equal(8123, (int)configuration["server"]!["port"]!);
        Assert.Equal(7, (int)configuration["api_poll_frequency_seconds"]!);
    }
}
