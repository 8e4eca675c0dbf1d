using System.Globalization;
using System.Net;
using System.Text;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http;

/// <summary><c>GET /api/v1/environment-document/</c> (docs/spec/sdk-api.md 6).</summary>
public sealed class EnvironmentDocumentEndpointTests
{
    private const string Path = "/api/v1/environment-document/";

    [Fact]
    public async Task Get_ServerKey_TheDocumentByteForByte()
    {
        // Spelled in a way that no serializer would come up with.
        var document = Documents.Small("env").ToJsonString().Replace("\"unknown\":{", "\"unknown\" :\n{ \"n\": 1.50e+0 , ", StringComparison.Ordinal);
        await using var proxy = await TestProxy.ServeAsync(document);

        Assert.Equal(document, await proxy.GetAsync(Path, "ser.env"));
    }

    [Fact]
    public async Task Get_ClientKey_Unauthorized()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, "env");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("pros", answer, StringComparison.Ordinal);
        Assert.Contains("requires a server-side key", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("unknown key", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Any_HasAStrongEntityTagAndADate()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, "ser.env");

        Assert.False(response.Headers.ETag!.IsWeak);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero), response.Content.Headers.LastModified);
    }

    [Fact]
    public async Task Get_DocumentOfATimeToCome_TheDateIsNot()
    {
        var document = Documents.Small("env");
        document["updated_at"] = "2126-11-01T12:00:00Z";
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, "ser.env");

        Assert.InRange(response.Content.Headers.LastModified!.Value, DateTimeOffset.UnixEpoch, TimeProvider.System.GetUtcNow());
        Assert.Equal("4949208000", Assert.Single(response.Headers.GetValues("X-Flagsmith-Document-Updated-At")));
    }

    [Fact]
    public async Task Get_WithTheEntityTag_NotModified()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        using var first = await proxy.SendAsync(HttpMethod.Get, Path, "ser.env");
        var tag = first.Headers.ETag!.Tag;

        foreach (var given in new[] { tag, $"W/{tag}", $"\"other\", {tag}", "*" })
        {
            using var response = await proxy.SendAsync(HttpMethod.Get, Path, "ser.env", body: null, ("If-None-Match", given));

            Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
            Assert.Equal(tag, response.Headers.ETag!.Tag);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }
    }

    [Theory]
    [InlineData("If-None-Match", "\"other\"")]
    [InlineData("If-Modified-Since", "Sun, 01 Nov 2026 11:59:59 GMT")]
    [InlineData("If-Modified-Since", "yesterday")]
    public async Task Get_WithOlder_TheDocument(string header, string value)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, "ser.env", body: null, (header, value));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Get_DateTwoSecondsIntoServingIt_NotModified()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        var since = (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3)).ToString("R", CultureInfo.InvariantCulture);

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, "ser.env", body: null, ("If-Modified-Since", since));

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.NotNull(response.Headers.ETag);
    }

    [Theory]
    [InlineData("Sun, 01 Nov 2026 12:00:00 GMT")] // the document's own time: another one of that second may have been served
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    public async Task Get_DateBeforeItWasServed_TheDocument(string since)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, "ser.env", body: null, ("If-Modified-Since", since));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Get_ChangedTwiceWithinASecond_ADateNeverHidesTheSecondChange()
    {
        var document = Documents.Small("env");
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());
        using var first = await proxy.SendAsync(HttpMethod.Get, Path, "ser.env");
        var lastModified = first.Content.Headers.GetValues("Last-Modified").Single();
        var date = first.Headers.GetValues("Date").Single();

        document["feature_states"]![0]!["feature_state_value"] = "second";
        await proxy.Publisher.PublishAsync(proxy.Registry.Environments[0], Encoding.UTF8.GetBytes(document.ToJsonString()), CancellationToken.None);

        foreach (var since in new[] { lastModified, date })
        {
            using var response = await proxy.SendAsync(HttpMethod.Get, Path, "ser.env", body: null, ("If-Modified-Since", since));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("\"second\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Get_EntityTagDiffersAndDateDoesNot_TheTagDecides()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(
            HttpMethod.Get, Path, "ser.env", body: null, ("If-None-Match", "\"other\""), ("If-Modified-Since", "Mon, 02 Nov 2026 00:00:00 GMT"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip;q=1, br;q=0.5", "gzip")]
    [InlineData("br;q=0, *;q=0.1", "gzip")]
    [InlineData("identity", null)]
    [InlineData("gzip;q=0", null)]
    public async Task Get_AcceptsCoding_CodedWithATagOfItsOwn(string accept, string? coding)
    {
        var document = Documents.Small("env").ToJsonString();
        await using var proxy = await TestProxy.ServeAsync(document);

        using var response = await proxy.SendAsync(HttpMethod.Get, Path, "ser.env", body: null, ("Accept-Encoding", accept));

        Assert.Equal(coding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.Equal(document, await ResponseText.DecodeAsync(response));
        if (coding is not null)
        {
            Assert.EndsWith($"-{(coding == "gzip" ? "gzip" : "br")}\"", response.Headers.ETag!.Tag, StringComparison.Ordinal);
            using var again = await proxy.SendAsync(
                HttpMethod.Get, Path, "ser.env", body: null, ("Accept-Encoding", accept), ("If-None-Match", response.Headers.ETag.Tag));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Empty(again.Content.Headers.ContentEncoding);
        }
    }

    [Fact]
    public async Task Get_LargeDocument_WholeAndSoonCompressed()
    {
        var document = Documents.Small("env");
        document["padding"] = string.Concat(Enumerable.Range(0, 500_000).Select(static i => $"{i} "));
        var json = document.ToJsonString();
        await using var proxy = await TestProxy.ServeAsync(json);

        Assert.Equal(json, await proxy.GetAsync(Path, "ser.env"));
        await Patience.UntilAsync(
            async () =>
            {
                using var response = await proxy.SendAsync(HttpMethod.Get, Path, "ser.env", body: null, ("Accept-Encoding", "gzip"));
                Assert.Equal(json, await ResponseText.DecodeAsync(response)); // whole, whether compression is done yet or not
                return response.Content.Headers.ContentEncoding.SingleOrDefault() == "gzip";
            },
            "the compressed document");
    }
}
