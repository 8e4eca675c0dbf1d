using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Ofrep;

/// <summary>Paths, methods, keys, errors and CORS (docs/spec/ofrep.md 1, 2, 8 and 9).</summary>
public sealed class OfrepRequestTests : IAsyncLifetime
{
    private const string Bulk = "/ofrep/v1/evaluate/flags";

    private OfrepProxy _proxy = null!;

    public async Task InitializeAsync() => _proxy = await OfrepProxy.StartAsync();

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Theory]
    [InlineData("banner", "banner")]
    [InlineData("banner/", "banner")]
    [InlineData("banner?x=1", "banner")]
    [InlineData("b%61nner", "banner")]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a/b", "a/b")]
    [InlineData("a/b/", "a/b")]
    [InlineData("end/", "end/")]
    [InlineData("end%2F", "end/")]
    [InlineData("100%25", "100%")]
    [InlineData("a%20b", "a b")]
    [InlineData("a+b", "a b")]
    [InlineData("a+b/", "a b")]
    [InlineData("c+d", "c+d")]
    [InlineData("c%2Bd", "c+d")]
    [InlineData("%C3%BCn%C3%AF", "ünï")]
    [InlineData("%2541", "%41")]
    [InlineData("Banner", null)]
    [InlineData("a%252Fb", null)]
    [InlineData("..", null)]
    [InlineData("../flags", null)]
    [InlineData("%FF", null)]
    [InlineData("end", null)]
    [InlineData("banner%20", null)]
    public async Task Post_KeyInThePath_DecodedOnce(string raw, string? feature)
    {
        var (status, body) = await RawAsync("POST", $"{Bulk}/{raw}");

        Assert.Equal(feature is null ? 404 : 200, status);
        Assert.Equal(feature, feature is null ? null : (string?)body!["key"]);
        Assert.Equal(feature is null ? "FLAG_NOT_FOUND" : null, (string?)body!["errorCode"]);
    }

    [Theory]
    [InlineData(Bulk)]
    [InlineData(Bulk + "/")]
    [InlineData(Bulk + "?flagConfigEtag=")]
    [InlineData("http://other.example" + Bulk)]
    public async Task Post_AllFlags_WithAndWithoutSlash(string target)
    {
        var (status, body) = await RawAsync("POST", target);

        Assert.Equal(200, status);
        Assert.NotEmpty(body!["flags"]!.AsArray());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("nonsense")]
    public async Task Post_AnyContentType_BodyIsJson(string type)
    {
        using var content = new ByteArrayContent("""{"context":{"targetingKey":"olga"}}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Bulk}/banner") { Content = content };
        request.Headers.Add("X-API-Key", "env");

        using var response = await _proxy.Proxy.Client.SendAsync(request);

        Assert.Equal("own", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["value"]);
    }

    [Theory]
    [InlineData("GET", Bulk, 405)]
    [InlineData("PUT", Bulk + "/banner", 405)]
    [InlineData("OPTIONS", Bulk, 405)]
    [InlineData("POST", "/ofrep", 404)]
    [InlineData("POST", "/ofrep/", 404)]
    [InlineData("GET", "/ofrep/v1/configuration", 404)]
    [InlineData("POST", "/ofrep/v1/evaluate", 404)]
    [InlineData("POST", "/ofrep/v1/evaluate/flagsx", 404)]
    [InlineData("POST", "/ofrep/v2/evaluate/flags", 404)]
    [InlineData("POST", "/ofrep/v1/%65valuate/flags", 404)]
    [InlineData("POST", "/ofrep/v1/./evaluate/flags", 404)]
    public async Task Send_OtherMethodOrPath_ErrorOfOfrep(string method, string target, int status)
    {
        var (actual, body) = await RawAsync(method, target);

        Assert.Equal(status, actual);
        Assert.Equal("GENERAL", (string?)body!["errorCode"]);
        AssertJson.Equal("{}", body["metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task Send_OtherMethod_Allow()
    {
        using var response = await _proxy.Proxy.SendAsync(HttpMethod.Head, Bulk, "env");

        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/ofrepx", false)]
    [InlineData("/api/v1/unknown/", false)]
    [InlineData("/ofrep/v1/unknown", true)]
    public async Task Send_UnknownPath_FormOfItsProtocol(string target, bool isOfrep)
    {
        var (_, body) = await RawAsync("POST", target);

        Assert.Equal(isOfrep, body!["errorCode"] is not null);
    }

    [Theory]
    [InlineData("X-Environment-Key", "env", 200)]
    [InlineData("X-API-Key", "env", 200)]
    [InlineData("X-API-Key", "ser.env", 200)]
    [InlineData("Authorization", "Bearer env", 200)]
    [InlineData("authorization", "bearer  ser.env ", 200)]
    [InlineData("Authorization", "Basic env", 401)]
    [InlineData("Authorization", "env", 401)]
    [InlineData("Authorization", "Bearer", 401)]
    [InlineData("X-API-Key", "other", 401)]
    [InlineData("X-Unrelated", "env", 401)]
    public async Task Post_Key_FromAnyOfTheHeaders(string header, string value, int status)
    {
        using var response = await _proxy.Proxy.SendAsync(HttpMethod.Post, Bulk, key: null, "{}", (header, value));

        Assert.Equal(status, (int)response.StatusCode);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(status == 401 ? "GENERAL" : null, (string?)body["errorCode"]);
        Assert.DoesNotContain("other", body.ToJsonString(), StringComparison.Ordinal); // what came for a key may be anybody's
    }

    [Theory]
    [InlineData("env", "ser.env", "ser.env", false)]
    [InlineData("", "env", "ser.env", false)]
    [InlineData("", "", "ser.env", true)]
    [InlineData("ser.env", "env", "env", true)]
    public async Task Post_SeveralKeys_TheFirstThatIsNotEmptyCounts(string environment, string api, string bearer, bool isServer)
    {
        using var response = await _proxy.Proxy.SendAsync(
            HttpMethod.Post, Bulk, environment, "{}", ("X-API-Key", api), ("Authorization", $"Bearer {bearer}"));

        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(isServer, body.Contains("\"secret\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-API-Key", "env")]
    [InlineData("Authorization", "Bearer env")]
    public async Task Get_SdkApi_DoesNotTakeTheHeadersOfOpenFeature(string header, string value)
    {
        using var response = await _proxy.Proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", key: null, body: null, (header, value));

        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task Post_NotLoaded_UnavailableWithRetryAfter()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Behaviour = FakeUpstream.Status(500);
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Upstream = new() { ApiUrl = new Uri(upstream.Address, "/api/v1") },
            EnvironmentKeyPairs = [new("ser.other", "other")],
        });
        foreach (var path in (string[])[Bulk, Bulk + "/banner"])
        {
            using var response = await proxy.SendAsync(HttpMethod.Post, path, "other", "{}");

            Assert.Equal(503, (int)response.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal("GENERAL", (string?)body["errorCode"]);
            Assert.Equal(path == Bulk ? null : "banner", (string?)body["key"]);
        }
    }

    [Fact]
    public async Task Post_Disabled_NoPathOfOurs()
    {
        await using var proxy = await OfrepProxy.StartAsync(options: new OfrepOptions { IsEnabled = false });
        foreach (var feature in (string[])["", "banner"])
        {
            using var response = await proxy.SendAsync("env", feature, "{}");

            Assert.Equal(404, (int)response.StatusCode);
            AssertJson.Equal("""{"detail":"Not Found"}""", await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Post_CrossOrigin_EntityTagExposed()
    {
        using var response = await _proxy.SendAllAsync("env", "{}", ("Origin", "https://app.example"));

        Assert.Equal("https://app.example", Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("X-Flagsmith-Document-Updated-At, ETag, Retry-After", Header(response, "Access-Control-Expose-Headers"));
        Assert.Equal("X-Environment-Key, X-API-Key, Authorization, Accept-Encoding, Origin", Header(response, "Vary"));
        Assert.Equal("1793534400.25", Header(response, "X-Flagsmith-Document-Updated-At"));
        Assert.Equal((true, true), (response.Headers.CacheControl!.Private, response.Headers.CacheControl.NoCache));
    }

    [Fact]
    public async Task Options_Preflight_HeadersOfProvidersAllowed()
    {
        const string Wanted = "authorization,content-type,if-none-match,x-api-key";
        using var response = await _proxy.Proxy.SendAsync(
            HttpMethod.Options, Bulk + "?flagConfigEtag=x", key: null, body: null, ("Origin", "https://app.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", Wanted));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(Wanted, Header(response, "Access-Control-Allow-Headers"));
        Assert.Equal("POST", Header(response, "Access-Control-Allow-Methods"));
    }

    [Fact]
    public async Task Post_UnexpectedError_JsonWithoutDetails()
    {
        // A defect: a version of the environment without a snapshot.
        var environment = _proxy.Proxy.Registry.Find("env")!.Environment;
        var broken = environment.Current!.With(environment.Current.Document);
        typeof(PublishedEnvironment).GetField("<Snapshot>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(broken, value: null);
        environment.Publish(broken);
        using var response = await _proxy.SendAsync("env", "banner", "{}");

        Assert.Equal(500, (int)response.StatusCode);
        AssertJson.Equal("""{"key":"banner","errorCode":"GENERAL","errorDetails":"Internal Server Error","metadata":{}}""", await response.Content.ReadAsStringAsync());
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));

    private async Task<(int Status, JsonNode? Body)> RawAsync(string method, string target)
    {
        await using var connection = await RawConnection.OpenAsync(_proxy.Proxy.Address);
        var host = Uri.TryCreate(target, UriKind.Absolute, out var absolute) && absolute.Host.Length > 0 ? absolute.Host : "test";
        await connection.SendAsync(Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {host}\r\nX-API-Key: ser.env\r\nContent-Length: 2\r\n\r\n{{}}"));
        var response = await connection.ReadResponseAsync();
        return (response.Status, JsonNode.Parse(response.Body));
    }
}
