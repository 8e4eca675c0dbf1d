using System.Text;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Traits;

namespace EdgeProxy.Host.Tests.Http.Traits;

/// <summary>Answers of trait routes, to the byte (docs/spec/traits.md 1).</summary>
public sealed class TraitRouteTests
{
    private const string Valid = """{"identity":{"identifier":"bob"},"trait_key":"plan","trait_value":"pro"}""";
    private const string NotJson = """{"detail":"JSON parse error"}""";
    private const string NotAnArray = """{"detail":"Invalid request data"}""";
    private const string Off = """{"detail":"Not Found: traits are not stored, because trait_forwarding.enabled is false"}""";
    private const string Offline = """{"detail":"Not Found: traits are not stored, because this environment is served from a file"}""";
    private const string NotLoaded = """{"status":"unavailable","message":"environment document not loaded yet"}""";

    [Theory]
    [InlineData(Valid, 200, Valid)]
    [InlineData("""{"trait_value":1.50e1,"trait_key":"pl\u0061n","identity":{"x":[],"identifier":"b\"b"},"more":{}}""", 200, """{"identity":{"identifier":"b\"b"},"trait_key":"pl\u0061n","trait_value":1.50e1}""")]
    [InlineData("""{"identity":{"identifier":"bob"},"trait_key":"plan","trait_value":true}""", 200, """{"identity":{"identifier":"bob"},"trait_key":"plan","trait_value":true}""")]
    [InlineData("""{"identity":{"identifier":"bob"},"trait_key":"plan","trait_value":""}""", 200, """{"identity":{"identifier":"bob"},"trait_key":"plan","trait_value":""}""")]
    [InlineData("\uFEFF" + Valid, 200, Valid)]
    [InlineData("""{"identity":{"identifier":"bob"},"trait_key":"plan","trait_value":null}""", 400, """{"trait_value":["This field may not be null."]}""")]
    [InlineData("""{"identity":{"identifier":"bob"},"trait_key":"plan"}""", 400, """{"trait_value":["This field is required."]}""")]
    [InlineData("""{"identity":{"identifier":"bob"},"trait_key":"plan","trait_value":[]}""", 400, """{"trait_value":["Must be a string, a number or a boolean."]}""")]
    [InlineData("""{"identity":{"identifier":"bob"},"trait_key":"plan","trait_value":{"value":1}}""", 400, """{"trait_value":["Must be a string, a number or a boolean."]}""")]
    [InlineData("""{"identity":{"identifier":"bob"},"trait_key":" ","trait_value":1}""", 400, """{"trait_key":["This field may not be blank."]}""")]
    [InlineData("""{"identity":{"identifier":"bob"},"trait_key":7,"trait_value":1}""", 400, """{"trait_key":["Not a valid string."]}""")]
    [InlineData("""{"identity":{"identifier":"bob"},"trait_key":"\ud800","trait_value":1}""", 400, """{"trait_key":["Not a valid string."]}""")]
    [InlineData("""{"identity":{"identifier":"bob"},"trait_value":1}""", 400, """{"trait_key":["This field is required."]}""")]
    [InlineData("""{"identity":{"identifier":"\u2003"},"trait_key":"k","trait_value":1}""", 400, """{"identity":{"identifier":["This field may not be blank."]}}""")]
    [InlineData("""{"identity":{"identifier":null},"trait_key":"k","trait_value":1}""", 400, """{"identity":{"identifier":["This field may not be null."]}}""")]
    [InlineData("""{"identity":{},"trait_key":"k","trait_value":1}""", 400, """{"identity":{"identifier":["This field is required."]}}""")]
    [InlineData("""{"identity":"bob","trait_key":"k","trait_value":1}""", 400, """{"identity":{"non_field_errors":["Invalid data. Expected a dictionary."]}}""")]
    [InlineData("""{"identity":null,"trait_key":"","trait_value":null}""", 400, """{"identity":["This field may not be null."],"trait_key":["This field may not be blank."],"trait_value":["This field may not be null."]}""")]
    [InlineData("{}", 400, """{"identity":["This field is required."],"trait_key":["This field is required."],"trait_value":["This field is required."]}""")]
    [InlineData("[]", 400, """{"non_field_errors":["Invalid data. Expected a dictionary."]}""")]
    [InlineData("", 400, NotJson)]
    [InlineData("{", 400, NotJson)]
    [InlineData(Valid + "x", 400, NotJson)]
    public async Task SetTrait_AnyBody_StatusAndBodyAsSpecified(string body, int status, string expected)
    {
        await using var fixture = await TraitProxy.StartAsync();
        await AssertAnswersAsync(fixture.Proxy, "POST", "/api/v1/traits", body, status, expected);
    }

    [Theory]
    [InlineData(2000, 200, 2000, null)]
    [InlineData(2001, 200, 2000, """{"identity":{"identifier":["Ensure this field has no more than 2000 characters."]}}""")]
    [InlineData(2000, 201, 2000, """{"trait_key":["Ensure this field has no more than 200 characters."]}""")]
    [InlineData(2000, 200, 2001, """{"trait_value":["Ensure this field has no more than 2000 characters."]}""")]
    [InlineData(30000, 30000, 30000, """{"identity":{"identifier":["Ensure this field has no more than 2000 characters."]},"trait_key":["Ensure this field has no more than 200 characters."],"trait_value":["Ensure this field has no more than 2000 characters."]}""")]
    public async Task SetTrait_Lengths_InCharacters(int identifier, int key, int value, string? error)
    {
        await using var fixture = await TraitProxy.StartAsync();
        var body = $$"""{"identity":{"identifier":"{{Text(identifier)}}"},"trait_key":"{{Text(key)}}","trait_value":"{{Text(value)}}"}""";

        using var response = await fixture.Proxy.SendAsync(HttpMethod.Post, TraitProxy.SetTrait, "a", body);

        Assert.Equal((error is null ? 200 : 400, error ?? body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));

        static string Text(int length) => string.Concat(Enumerable.Repeat("😀", length));
    }

    [Theory]
    [InlineData("[]", 200, "[]")]
    [InlineData($"[{Valid}]", 200, $"[{Valid}]")]
    [InlineData($$"""[ {{Valid}} , {"identity":{"identifier":"eve"},"trait_key":"k","trait_value":null}]""", 200, $$"""[{{Valid}},{"identity":{"identifier":"eve"},"trait_key":"k","trait_value":null}]""")]
    [InlineData($$"""[{{Valid}},{"identity":{"identifier":"eve"},"trait_key":"k"}]""", 400, NotAnArray)]
    [InlineData("""[{"identity":{},"trait_key":"k","trait_value":1}]""", 400, NotAnArray)]
    [InlineData("""[{"trait_key":"k","trait_value":1}]""", 400, NotAnArray)]
    [InlineData("""[{"identity":{"identifier":"eve"},"trait_key":"k","trait_value":{}}]""", 400, """{"trait_value":["Must be a string, a number or a boolean."]}""")]
    [InlineData("""[{"identity":{"identifier":""},"trait_key":"k","trait_value":1}]""", 400, """{"identity":{"identifier":["This field may not be blank."]}}""")]
    [InlineData("[1]", 400, NotAnArray)]
    [InlineData($"[{Valid},1]", 400, NotAnArray)]
    [InlineData(Valid, 400, NotAnArray)]
    [InlineData("", 400, NotAnArray)]
    [InlineData("[", 400, NotAnArray)]
    public async Task SetTraits_AnyBody_StatusAndBodyAsSpecified(string body, int status, string expected)
    {
        await using var fixture = await TraitProxy.StartAsync();
        await AssertAnswersAsync(fixture.Proxy, "PUT", "/api/v1/traits/bulk", body, status, expected);
    }

    [Theory]
    [InlineData(1000, 200)]
    [InlineData(1001, 400)]
    public async Task SetTraits_Number_Limited(int count, int status)
    {
        await using var fixture = await TraitProxy.StartAsync();
        var body = $"[{string.Join(',', Enumerable.Repeat(Valid, count))}]";

        using var response = await fixture.Proxy.SendAsync(HttpMethod.Put, TraitProxy.SetTraits, "ser.a", body);

        Assert.Equal((status, status == 200 ? body : NotAnArray), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task AnyRoute_ClientsMayNotSetTraits_400ForThemAlone()
    {
        await using var fixture = await TraitProxy.StartAsync(change: static document => document["allow_client_traits"] = false);
        foreach (var (method, path, body, expected) in ((string, string, string, string)[])
            [
                ("POST", TraitProxy.SetTrait, Valid, """{"non_field_errors":["Setting traits not allowed with client key."]}"""),
                ("PUT", TraitProxy.SetTraits, $"[{Valid}]", """{"detail":"Unable to set traits with client key."}"""),
            ])
        {
            Assert.Equal((400, expected), await SendAsync(fixture.Proxy, method, path, "a", body));
            Assert.Equal((200, body), await SendAsync(fixture.Proxy, method, path, "ser.a", body));
            Assert.Equal(400, (await SendAsync(fixture.Proxy, method, path, "a", "x")).Status);
        }

        await fixture.UntilCallsAsync(1);
        Assert.All(fixture.Calls, static call => Assert.Equal("ser.a", call.Header("X-Environment-Key")));
    }

    [Fact]
    public async Task AnyRoute_ForwardingOff_404ThatNamesTheSetting()
    {
        await using var fixture = await TraitProxy.StartAsync(static options => options with { IsEnabled = false });
        await AssertEverywhereAsync(fixture.Proxy, 404, Off);
        Assert.DoesNotContain(fixture.Upstream.Requests, static request => request.Method != "GET");
    }

    [Fact]
    public async Task AnyRoute_EnvironmentFromAFile_404()
    {
        await using var proxy = await TestProxy.ServeAsync(new Host.Server.ProxyOptions { Traits = new() { IsEnabled = true } }, Documents.Small("a").ToJsonString());
        await AssertEverywhereAsync(proxy, 404, Offline);
        await proxy.PostIdentityAsync("a", """{"identifier":"bob","traits":[{"trait_key":"t","trait_value":1}]}""");
        Assert.Equal(0, (await Exposition.OfAsync(proxy)).Sum("edgeproxy_traits_qualified_identities_total"));
    }

    [Fact]
    public async Task AnyRoute_EnvironmentNotLoaded_503()
    {
        await using var fixture = await TraitProxy.StartAsync(static options => options with { BulkIdentities = Host.Traits.BulkIdentities.Always }, isLoaded: false);
        await AssertEverywhereAsync(fixture.Proxy, 503, NotLoaded);
        using var response = await fixture.Proxy.SendAsync(HttpMethod.Post, TraitProxy.SetTrait, "a", Valid);
        Assert.Equal(["1"], response.Headers.GetValues("Retry-After"));
    }

    [Fact]
    public async Task AnyRoute_UnknownKeyMethodOrSize_AsOnOtherPaths()
    {
        await using var fixture = await TraitProxy.StartAsync();
        foreach (var (method, path) in Routes)
        {
            Assert.Equal((401, """{"status":"unauthorized","message":"unknown key 'nobody'"}"""), await SendAsync(fixture.Proxy, method, path, "nobody", Valid));
            Assert.Equal((405, """{"detail":"Method Not Allowed"}"""), await SendAsync(fixture.Proxy, "DELETE", path, "a", Valid));
            Assert.Equal((413, """{"detail":"The body is larger than 1048576 bytes"}"""), await SendAsync(fixture.Proxy, method, path, "a", "".PadRight(1024 * 1024 + 1)));
        }
    }

    [Fact]
    public async Task Preflight_PutFromAPage_Allowed()
    {
        await using var fixture = await TraitProxy.StartAsync();

        using var response = await fixture.Proxy.SendAsync(
            HttpMethod.Options, TraitProxy.SetTraits, key: null, body: null,
            ("Origin", "https://page.example"), ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "x-environment-key, content-type"));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("PUT", string.Join(',', response.Headers.GetValues("Access-Control-Allow-Methods")));
    }

    [Fact]
    public async Task SetTrait_ApiDoesNotAnswer_200AtOnce()
    {
        await using var fixture = await TraitProxy.StartAsync();
        fixture.Answer = FakeUpstream.Hang;

        await AssertAnswersAsync(fixture.Proxy, "POST", "/api/v1/traits", Valid, 200, Valid);
        await AssertAnswersAsync(fixture.Proxy, "PUT", "/api/v1/traits/bulk", $"[{Valid}]", 200, $"[{Valid}]");
        fixture.Answer = null;
    }

    [Fact]
    public async Task SetTrait_WhileStopping_TakenAndSent()
    {
        await using var fixture = await TraitProxy.StartAsync();
        await using var connection = await RawConnection.OpenAsync(fixture.Proxy.Address);
        await connection.SendAsync(Encoding.ASCII.GetBytes($"POST /api/v1/traits/ HTTP/1.1\r\nHost: test\r\nX-Environment-Key: a\r\nContent-Length: {Valid.Length}\r\n\r\n{Valid[..5]}"));
        await Patience.UntilAsync(async () => (await Exposition.OfAsync(fixture.Proxy)).Sum("edgeproxy_connections") >= 1, "the connection");
        var stopping = fixture.Proxy.StopAsync();
        await connection.SendAsync(Encoding.ASCII.GetBytes(Valid[5..]));

        var response = await connection.ReadResponseAsync();
        await stopping;

        Assert.Equal((200, Valid), (response.Status, response.Body));
        Assert.Equal("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}]}""", Assert.Single(fixture.Calls).Body);
    }

    [Fact]
    public async Task SetTraits_SeveralIdentities_OneCallForEach()
    {
        await using var fixture = await TraitProxy.StartAsync();
        const string Body = """[{"identity":{"identifier":"bob"},"trait_key":"a","trait_value":1},{"identity":{"identifier":"eve"},"trait_key":"a","trait_value":2},{"identity":{"identifier":"bob"},"trait_key":"b","trait_value":null},{"identity":{"identifier":"bob","transient":true},"trait_key":"c","trait_value":1}]""";

        Assert.Equal(200, (await SendAsync(fixture.Proxy, "PUT", TraitProxy.SetTraits, "ser.a", Body)).Status);
        await fixture.UntilCallsAsync(2);
        await fixture.UntilIdleAsync();

        Assert.Equal(
            ["""{"identifier":"bob","traits":[{"trait_key":"a","trait_value":1},{"trait_key":"b","trait_value":null}]}""", """{"identifier":"eve","traits":[{"trait_key":"a","trait_value":2}]}"""],
            fixture.Calls.Select(static call => call.Body).Order(StringComparer.Ordinal));
    }

    private static (string Method, string Path)[] Routes =>
    [
        ("POST", TraitProxy.SetTrait), ("PUT", TraitProxy.SetTraits), ("POST", "/api/v1/traits/increment-value/"), ("POST", "/api/v1/bulk-identities/"), ("PUT", "/api/v1/bulk-identities/"),
    ];

    private static async Task AssertEverywhereAsync(TestProxy proxy, int status, string expected)
    {
        foreach (var (method, path) in Routes)
        {
            await AssertAnswersAsync(proxy, method, path.TrimEnd('/'), Valid, status, expected);
        }
    }

    private static async Task AssertAnswersAsync(TestProxy proxy, string method, string path, string body, int status, string expected)
    {
        await using var connection = await RawConnection.OpenAsync(proxy.Address);
        foreach (var key in (string[])["a", "ser.a"])
        {
            foreach (var slash in (string[])["", "/"])
            {
                var content = Encoding.UTF8.GetBytes(body);
                await connection.SendAsync((byte[])[.. Encoding.ASCII.GetBytes($"{method} {path}{slash} HTTP/1.1\r\nHost: test\r\nX-Environment-Key: {key}\r\nContent-Length: {content.Length}\r\n\r\n"), .. content]);
                var response = await connection.ReadResponseAsync();
                Assert.Equal((status, expected), (response.Status, response.Body));
                Assert.Contains("Content-Type: application/json", connection.LatestHead);
            }
        }
    }

    private static async Task<(int Status, string Body)> SendAsync(TestProxy proxy, string method, string path, string key, string body)
    {
        using var response = await proxy.SendAsync(new HttpMethod(method), path, key, body);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
