using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Ofrep;

/// <summary>Entity tags and conditional requests (docs/spec/ofrep.md 7).</summary>
public sealed partial class OfrepEntityTagTests : IAsyncLifetime
{
    private const string Nobody = "{}";
    private const string Somebody = """{"context":{"targetingKey":"somebody"}}""";
    private const string Pro = """{"context":{"targetingKey":"somebody","plan":"pro"}}""";

    private OfrepProxy _proxy = null!;

    // Answers to browsers also offer event streams.
    private static readonly (string, string) Browser = ("Origin", "https://app.example");
    private static readonly string[] Contexts = [Nobody, Somebody, Pro];

    public static TheoryData<string> Bodies => [.. Contexts];

    public async Task InitializeAsync() => _proxy = await OfrepProxy.StartAsync();

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Fact]
    public async Task Post_KnownBody_KnownTag()
    {
        var document = OfrepDocument.Create();
        document["feature_states"] = new JsonArray();
        await using var proxy = await OfrepProxy.StartAsync(document);

        // Other processes, and later versions of this one, must agree: the tag is XXH128 of {"flags":[]}, and nothing else.
        Assert.Equal("\"c6cab1599c6fb08d13ba58da372eb948\"", await TagAsync(proxy, Nobody));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Post_TwoInstances_TheSameStrongTag(string body)
    {
        await using var other = await OfrepProxy.StartAsync();

        var tag = await TagAsync(_proxy, body);

        Assert.Matches(StrongTag(), tag);
        Assert.Equal(tag, await TagAsync(other, body));
        Assert.Equal(tag, await TagAsync(_proxy, body)); // again, from what was kept
    }

    [Fact]
    public async Task Post_AttributeThatChangesAFlag_AnotherTagAndNever304()
    {
        var tag = await TagAsync(_proxy, Somebody);

        using var response = await _proxy.SendAllAsync("env", Pro, ("If-None-Match", tag));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEqual(tag, response.Headers.ETag!.ToString());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("\"a\", {0}, \"b\"")]
    [InlineData("\"a\",W/{0}")]
    [InlineData("*")]
    [InlineData("unquoted {0}")]
    [InlineData("gzip {0}")]
    [InlineData("br {0}")]
    public async Task Post_TagKnown_NotModified(string form)
    {
        foreach (var body in Contexts)
        {
            var tag = await TagAsync(_proxy, body, Browser);
            var header = form switch
            {
                "unquoted {0}" => tag.Trim('"'),
                "gzip {0}" => $"{tag[..^1]}-gzip\"",
                "br {0}" => $"{tag[..^1]}-br\"",
                _ => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, tag),
            };

            using var response = await _proxy.SendAllAsync("env", body, ("If-None-Match", header), Browser);

            Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
            Assert.Equal(tag, response.Headers.ETag!.ToString());
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
            Assert.Equal(["https://app.example"], response.Headers.GetValues("Access-Control-Allow-Origin"));
            Assert.Equal(["1793534400.25"], response.Headers.GetValues("X-Flagsmith-Document-Updated-At"));
        }
    }

    [Theory]
    [InlineData("\"0123456789abcdef0123456789abcdef\"")]
    [InlineData("\"\"")]
    [InlineData(",")]
    [InlineData("\"x\", \"y\"")]
    public async Task Post_TagUnknown_TheFlags(string header)
    {
        using var response = await _proxy.SendAllAsync("env", Pro, ("If-None-Match", header));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip", Nobody)]
    [InlineData("gzip", Somebody)]
    [InlineData("gzip", Pro)]
    [InlineData("br", Nobody)]
    [InlineData("br", Somebody)]
    [InlineData("br", Pro)]
    public async Task Post_Compressed_TagOfTheCodingAndTheSameFlags(string coding, string body)
    {
        var tag = await TagAsync(_proxy, body);
        HttpResponseMessage? response = null;
        await Patience.UntilAsync(
            async () =>
            {
                response?.Dispose();
                response = await _proxy.SendAllAsync("env", body, ("Accept-Encoding", coding));
                return response.Content.Headers.ContentEncoding.Contains(coding);
            },
            "the compressed answer, which may be made in the background");

        Assert.Equal($"{tag[..^1]}-{coding}\"", response!.Headers.ETag!.ToString());
        using var uncompressed = await _proxy.SendAllAsync("env", body);
        Assert.Equal(await uncompressed.Content.ReadAsStringAsync(), await ResponseText.DecodeAsync(response));
        using var again = await _proxy.SendAllAsync("env", body, ("Accept-Encoding", coding), ("If-None-Match", response.Headers.ETag.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(response.Headers.ETag, again.Headers.ETag);
        response.Dispose();
    }

    [Fact]
    public async Task Post_OneFlag_NoTagAndNever304()
    {
        using var response = await _proxy.SendAsync("env", "banner", Somebody, ("If-None-Match", "*"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(response.Headers.ETag);
    }

    [Fact]
    public async Task Post_AfterAChange_TheNewFlagsUnderANewTag()
    {
        var before = await Task.WhenAll(Contexts.Select(body => TagAsync(_proxy, body)));
        var document = OfrepDocument.Create();
        document["feature_states"]![1]!["enabled"] = true;
        await _proxy.PublishAsync(document);

        var i = 0;
        foreach (var body in Contexts)
        {
            using var response = await _proxy.SendAllAsync("env", body, ("If-None-Match", before[i]));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.NotEqual(before[i++], response.Headers.ETag!.ToString());
            Assert.True((bool)(await _proxy.GetAllAsync("env", body))["maintenance"]["value"]!);
        }
    }

    [Fact]
    public async Task Post_DocumentChangedInItsTimeOnly_TheSameTag()
    {
        var before = await TagAsync(_proxy, Pro);
        var document = OfrepDocument.Create();
        document["updated_at"] = "2026-11-02T12:00:00Z";
        await _proxy.PublishAsync(document);

        using var response = await _proxy.SendAllAsync("env", Pro, ("If-None-Match", before));

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal(["1793620800"], response.Headers.GetValues("X-Flagsmith-Document-Updated-At"));
    }

    [Fact]
    public async Task Post_EachKind_CountedByItsRoute()
    {
        using var known = await _proxy.SendAllAsync("env", Somebody, ("If-None-Match", "*"));
        using var single = await _proxy.SendAsync("env", "banner", Somebody);

        Assert.Equal(1, (await Exposition.OfAsync(_proxy.Proxy)).Sum("edgeproxy_ofrep_not_modified_total"));
        await Patience.UntilAsync(async () => await CountAsync("ofrep_bulk", "304") >= 1 && await CountAsync("ofrep_single", "200") >= 1, "both to be counted");
    }

    private async Task<double> CountAsync(string endpoint, string status) =>
        (await Exposition.OfAsync(_proxy.Proxy)).Sum("edgeproxy_requests_total", ("endpoint", endpoint), ("status", status));

    private static async Task<string> TagAsync(OfrepProxy proxy, string body, params (string Name, string Value)[] headers)
    {
        using var response = await proxy.SendAllAsync("env", body, headers);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return ((EntityTagHeaderValue?)response.Headers.ETag)!.ToString();
    }

    [GeneratedRegex("^\"[0-9a-f]{32}\"$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StrongTag();
}
