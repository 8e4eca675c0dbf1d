using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common.Compression;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>Compression of answers (docs/spec/sdk-api.md 7.2).</summary>
public sealed class CompressionTests
{
    [Theory]
    [InlineData("/api/v1/flags/", "gzip")]
    [InlineData("/api/v1/flags/", "br")]
    [InlineData("/api/v1/identities/?identifier=bob", "gzip")]
    [InlineData("/api/v1/identities/?identifier=bob", "br")]
    public async Task Get_LongBody_CompressedAndTheSame(string path, string coding)
    {
        var document = Documents.Small("env");
        document["feature_states"]![0]!["feature_state_value"] = string.Concat(Enumerable.Range(0, 500).Select(static i => $"value {i} "));
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());
        var plain = await proxy.GetAsync(path, "env");

        using var response = await proxy.SendAsync(HttpMethod.Get, path, "env", body: null, ("Accept-Encoding", coding));

        Assert.Equal([coding], response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.True(response.Content.Headers.ContentLength < plain.Length);
        Assert.Equal(plain, await ResponseText.DecodeAsync(response));
    }

    [Theory]
    [InlineData("/api/v1/flags/")]
    [InlineData("/api/v1/identities/?identifier=bob")]
    public async Task Get_ShortBody_AsItIs(string path)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, path, "env", body: null, ("Accept-Encoding", "gzip, br"));

        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Get_LongBodyNotAccepted_AsItIsButVaries()
    {
        var document = Documents.Small("env");
        document["feature_states"]![0]!["feature_state_value"] = new string('x', 2000);
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env", body: null, ("Origin", "https://a.example"));

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, br", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "gzip")]
    [InlineData("br;q=1, gzip;q=0.5", "br")]
    [InlineData("br;q=0.5, gzip;q=0.6", "gzip")]
    [InlineData("gzip;q=0, br", "br")]
    [InlineData("gzip;q=0", null)]
    [InlineData("*", "gzip")]
    [InlineData("*;q=0", null)]
    [InlineData("gzip;q=0, *", "br")]
    [InlineData("deflate", null)]
    [InlineData("identity", null)]
    [InlineData("", null)]
    public async Task Identities_AnyAcceptEncoding_TheCodingAndTheSame(string accepted, string? coding)
    {
        await using var proxy = await TestProxy.ServeAsync(Long().ToJsonString());
        foreach (var (key, identifier) in new[] { ("env", "bob"), ("ser.env", "bob"), ("env", "olga"), ("ser.env", "olga") })
        {
            var body = $$"""{"identifier":"{{identifier}}","traits":[{"trait_key":"plan","trait_value":"pro"}]}""";
            var plain = await proxy.PostIdentityAsync(key, body);

            using var response = await proxy.SendAsync(HttpMethod.Post, "/api/v1/identities/", key, body, ("Accept-Encoding", accepted));

            Assert.Equal(coding is null ? [] : [coding], response.Content.Headers.ContentEncoding);
            Assert.Contains("Accept-Encoding", response.Headers.Vary);
            Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
            var content = await response.Content.ReadAsByteArrayAsync();
            Assert.Equal(content.Length, response.Content.Headers.ContentLength);
            Assert.True(coding is null || content.Length < plain.Length);
            Assert.Equal(plain, await ResponseText.DecodeAsync(response));
        }
    }

    [Theory]
    [InlineData("/api/v1/flags/", "gzip, br", "br")]
    [InlineData("/api/v1/flags/", "br;q=0.5, gzip", "gzip")]
    [InlineData("/api/v1/environment-document/", "gzip, br", "br")]
    public async Task WholeBodies_BothLikedAsMuch_TheSmaller(string path, string accepted, string coding)
    {
        await using var proxy = await TestProxy.ServeAsync(Long().ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, path, "ser.env", body: null, ("Accept-Encoding", accepted));

        Assert.Equal([coding], response.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task IdentitiesHead_LongBody_TheHeadersOfGet(string coding)
    {
        await using var proxy = await TestProxy.ServeAsync(Long().ToJsonString());
        const string Target = "/api/v1/identities/?identifier=bob";
        using var get = await proxy.SendAsync(HttpMethod.Get, Target, "env", body: null, ("Accept-Encoding", coding));

        using var head = await proxy.SendAsync(HttpMethod.Head, Target, "env", body: null, ("Accept-Encoding", coding));

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal([coding], head.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", head.Headers.Vary);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Identities_LargeEnvironment_PlainUntilPreparedAside()
    {
        var document = Documents.Small("env");
        document["feature_states"]![0]!["feature_state_value"] = string.Concat(Enumerable.Range(0, 60_000).Select(static i => $"{i} "));
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());
        var plain = await proxy.PostIdentityAsync("env", """{"identifier":"bob"}""");

        await Patience.UntilAsync(
            async () =>
            {
                using var response = await proxy.SendAsync(
                    HttpMethod.Post, "/api/v1/identities/", "env", """{"identifier":"bob"}""", ("Accept-Encoding", "gzip"));
                Assert.Equal(plain, await ResponseText.DecodeAsync(response));
                return response.Content.Headers.ContentEncoding.Contains("gzip");
            },
            "gzip to be prepared");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task WholeBodies_MoreThanIsCompressedInline_PlainUntilCompressed(string coding)
    {
        var document = Documents.Small("env");
        document["feature_states"]![0]!["feature_state_value"] = string.Concat(Enumerable.Range(0, ResponseBody.CompressInlineUpTo / 2).Select(static i => $"{i} "));
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());
        foreach (var path in new[] { "/api/v1/flags/", "/api/v1/environment-document/" })
        {
            var plain = await proxy.GetAsync(path, "ser.env");

            using var first = await proxy.SendAsync(HttpMethod.Get, path, "ser.env", body: null, ("Accept-Encoding", coding));

            Assert.Empty(first.Content.Headers.ContentEncoding);
            Assert.Contains("Accept-Encoding", first.Headers.Vary);
            Assert.Equal(plain, await first.Content.ReadAsStringAsync());
            await Patience.UntilAsync(
                async () =>
                {
                    using var response = await proxy.SendAsync(HttpMethod.Get, path, "ser.env", body: null, ("Accept-Encoding", coding));
                    Assert.Equal(plain, await ResponseText.DecodeAsync(response));
                    return response.Content.Headers.ContentEncoding.Contains(coding);
                },
                "the compressed body");
        }
    }

    [Fact]
    public async Task Publish_ANewVersion_MadeBeforeTheSwap()
    {
        await using var proxy = await TestProxy.ServeAsync(Long().ToJsonString());
        var environment = proxy.Registry.Environments[0];
        foreach (var (path, coding) in new[] { ("/api/v1/identities/?identifier=bob", "gzip"), ("/api/v1/flags/", "br") })
        {
            using var response = await proxy.SendAsync(HttpMethod.Get, path, "env", body: null, ("Accept-Encoding", coding));
        }

        var document = Long();
        document["name"] = "Another";
        await proxy.Publisher.PublishAsync(environment, Encoding.UTF8.GetBytes(document.ToJsonString()), CancellationToken.None);

        var published = environment.Current!;
        Assert.Equal("Another", published.Snapshot.Name);
        Assert.True(published.Snapshot.IsGzipPrepared(FlagAudience.Client));
        Assert.False(published.Snapshot.IsGzipPrepared(FlagAudience.Server));
        Assert.True(published.ClientFlags.IsMade(ContentCoding.Brotli));
        Assert.False(published.ClientFlags.IsMade(ContentCoding.Gzip));
        Assert.False(published.ServerFlags.IsMade(ContentCoding.Brotli));
        Assert.False(published.Document.Body.IsMade(ContentCoding.Brotli));
    }

    private static JsonObject Long()
    {
        var document = Documents.Small("env");
        var states = document["feature_states"]!.AsArray();
        for (var i = 10; i < 40; i++)
        {
            states.Add(Documents.State(i, $"feature_{i}", i % 2 == 0, $"value {i}"));
        }

        return document;
    }
}
