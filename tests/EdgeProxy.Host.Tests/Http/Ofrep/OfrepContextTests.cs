using System.Text.Json.Nodes;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Ofrep;

/// <summary>Contexts (docs/spec/ofrep.md 3).</summary>
public sealed class OfrepContextTests : IAsyncLifetime
{
    private OfrepProxy _proxy = null!;

    public async Task InitializeAsync() => _proxy = await OfrepProxy.StartAsync(Document());

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n")]
    [InlineData("{}")]
    [InlineData("""{"context":null}""")]
    [InlineData("""{"context":{}}""")]
    [InlineData("""{"other":{"plan":"pro"}}""")]
    [InlineData("""{"context":{"targetingKey":null}}""")]
    [InlineData("""{"context":{"targetingKey":"","plan":null}}""")]
    [InlineData("""{"context":{"plan":"pro","plan":null}}""")]
    [InlineData("""{"context":{"plan":{"x":1},"list":[1]}}""")]
    [InlineData("""{"context":{"plan":"pro"},"context":{}}""")]
    [InlineData("""{"context":{"targetingKey":"olga","targetingKey":null}}""")]
    public async Task Post_NothingAboutAnybody_EnvironmentFlags(string body)
    {
        using var expected = await _proxy.SendAllAsync("env", "{}");
        using var actual = await _proxy.SendAllAsync("env", body);

        Assert.Equal(200, (int)actual.StatusCode);
        Assert.Equal(await expected.Content.ReadAsStringAsync(), await actual.Content.ReadAsStringAsync());
        Assert.Equal(expected.Headers.ETag, actual.Headers.ETag);
        Assert.Equal("enabled", (string?)(await _proxy.GetAllAsync("env", body))["split-control"]["variant"]); // no identity
    }

    [Theory]
    [InlineData("""{"context":{"targetingKey":"x","plan":"pro"}}""", true)]
    [InlineData("""{"context":{"plan":"pro","targetingKey":"x"}}""", true)]
    [InlineData("""{"context":{"targetingKey":"x","\u0070lan":"\u0070ro"}}""", true)]
    [InlineData("""{"context":{"targetingKey":"x","Plan":"pro"}}""", false)]
    [InlineData("""{"context":{"targetingKey":"x","plan":"free","plan":"pro"}}""", true)]
    [InlineData("""{"context":{"targetingKey":"x","plan":"pro","plan":"free"}}""", false)]
    [InlineData("""{"context":{"targetingKey":"x","plan":"pro","plan":{}}}""", false)]
    [InlineData("""{"context":{"targetingKey":"x","traits":{"plan":"pro"}}}""", true)]
    [InlineData("""{"context":{"targetingKey":"x","traits":{"plan":"pro"},"plan":"free"}}""", true)]
    [InlineData("""{"context":{"targetingKey":"x","traits":{"plan":"free"},"plan":"pro"}}""", false)]
    [InlineData("""{"context":{"targetingKey":"x","traits":{"plan":["pro"]},"plan":"pro"}}""", false)]
    [InlineData("""{"context":{"targetingKey":"x","traits":{"plan":"pro"},"traits":7}}""", false)]
    [InlineData("""{"context":{"targetingKey":"x","\u0074raits":{"pl\u0061n":"pro"}}}""", true)]
    [InlineData("""{"context":{"targetingKey":"x","plan":"pro"},"context":{"targetingKey":"x"}}""", false)]
    [InlineData("""{"context":3,"context":{"targetingKey":"x","plan":"pro"}}""", true)]
    [InlineData("""{"context":{"targetingKey":"x","device":{"os":["a"]},"list":[1,2],"plan":"pro"}}""", true)]
    [InlineData("""{"context":{"targetingKey":"x","\ud800":1,"odd":"\ud800","plan":"pro"}}""", true)]
    public async Task Post_Attributes_AreTraits(string body, bool isPro)
    {
        var flag = JsonNode.Parse(await _proxy.GetFlagAsync("ser.env", "banner", body))!;

        Assert.Equal(isPro ? "pro banner" : "hello", (string?)flag["value"]);
    }

    [Theory]
    [InlineData("\"olga\"", "own")]
    [InlineData("\"\\u006flga\"", "own")]
    [InlineData("\"Olga\"", "hello")]
    [InlineData("\" olga\"", "hello")]
    [InlineData("7", "seven")]
    [InlineData("\"7\"", "seven")]
    [InlineData("7.0", "hello")]
    [InlineData("1.50", "decimal")]
    public async Task Post_TargetingKey_IsTheIdentifierAsItIs(string targetingKey, string expected)
    {
        var flag = JsonNode.Parse(await _proxy.GetFlagAsync("env", "banner", $$$"""{"context":{"targetingKey":{{{targetingKey}}}}}"""))!;

        Assert.Equal(expected, (string?)flag["value"]);
    }

    [Theory]
    [InlineData("[]", "INVALID_CONTEXT")]
    [InlineData("null", "INVALID_CONTEXT")]
    [InlineData("\"context\"", "INVALID_CONTEXT")]
    [InlineData("""{"context":[]}""", "INVALID_CONTEXT")]
    [InlineData("""{"context":"x"}""", "INVALID_CONTEXT")]
    [InlineData("""{"context":{},"context":1}""", "INVALID_CONTEXT")]
    [InlineData("""{"context":{"targetingKey":true}}""", "INVALID_CONTEXT")]
    [InlineData("""{"context":{"targetingKey":{}}}""", "INVALID_CONTEXT")]
    [InlineData("""{"context":{"targetingKey":["a"]}}""", "INVALID_CONTEXT")]
    [InlineData("""{"context":{"targetingKey":"\udc00"}}""", "INVALID_CONTEXT")]
    [InlineData("{", "PARSE_ERROR")]
    [InlineData("""{"context":{"targetingKey":true}""", "PARSE_ERROR")]
    [InlineData("{} {}", "PARSE_ERROR")]
    [InlineData("""{"context":{"a":1,}}""", "PARSE_ERROR")]
    [InlineData("context=1", "PARSE_ERROR")]
    public async Task Post_UnusableContext_BadRequest(string body, string code)
    {
        foreach (var feature in (string[])["", "banner", "no-such-flag"])
        {
            using var response = await _proxy.SendAsync("env", feature, body);

            Assert.Equal(400, (int)response.StatusCode);
            var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
            Assert.Equal(code, (string?)error["errorCode"]);
            Assert.Equal(feature.Length > 0 ? ["key", "errorCode", "errorDetails", "metadata"] : ["errorCode", "errorDetails", "metadata"], error.Select(static member => member.Key));
        }
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(2001, false)]
    public async Task Post_LongText_IsNoTrait(int length, bool isTrait)
    {
        var text = new string('é', length);

        Assert.Equal(isTrait ? "long" : "hello", await ValueAsync("ser.env", $$$"""{"context":{"targetingKey":"x","bio":"{{{text}}}"}}"""));
        using var response = await _proxy.SendAsync("env", "banner", $$$"""{"context":{"targetingKey":"{{{text}}}"}}""");
        Assert.Equal(isTrait ? 200 : 400, (int)response.StatusCode);
    }

    [Fact]
    public async Task Post_NoTargetingKeyButTraits_TheIdentityThatTheSdkApiMakesOfThem()
    {
        var sdk = JsonNode.Parse(await _proxy.Proxy.PostIdentityAsync("ser.env", """{"traits":[{"trait_key":"zone","trait_value":7.0},{"trait_key":"plan","trait_value":"pro"},{"trait_key":"ok","trait_value":true}]}"""))!;
        var expected = sdk["flags"]!.AsArray().Single(static flag => (string?)flag!["feature"]!["name"] == "half")!["variant"]!.ToString();

        foreach (var body in (string[])
        [
            """{"context":{"plan":"pro","zone":7.0,"ok":true}}""",
            """{"context":{"ok":true,"nothing":null,"device":{},"zone":"x","plan":"pro","zone":7.0}}""",
            """{"context":{"targetingKey":"","ok":true,"traits":{"zone":7.0,"\u0070lan":"pro"}}}""",
            """{"context":{"ok":true,"zone":[],"plan":"free","traits":{"zone":7.0,"plan":"pro"}}}""",
        ])
        {
            Assert.Equal(expected, (string?)(await _proxy.GetAllAsync("ser.env", body))["half"]["variant"]);
            Assert.Equal("pro banner", await ValueAsync("ser.env", body));
        }
    }

    [Fact]
    public async Task Post_ClientTraitsNotAllowed_AttributesIgnoredForClients()
    {
        var document = Document();
        document["allow_client_traits"] = false;
        await using var proxy = await OfrepProxy.StartAsync(document);
        const string Body = """{"context":{"targetingKey":"x","plan":"pro"}}""";

        Assert.Equal("pro banner", (string?)JsonNode.Parse(await proxy.GetFlagAsync("ser.env", "banner", Body))!["value"]);
        Assert.Equal("hello", (string?)JsonNode.Parse(await proxy.GetFlagAsync("env", "banner", Body))!["value"]);
        Assert.Equal("own", (string?)JsonNode.Parse(await proxy.GetFlagAsync("env", "banner", """{"context":{"targetingKey":"olga"}}"""))!["value"]);
        Assert.Equal("enabled", (string?)(await proxy.GetAllAsync("env", """{"context":{"plan":"pro"}}"""))["split-control"]["variant"]); // no identity either
    }

    [Fact]
    public async Task Post_MoreTraitsThanAllowed_BadRequest()
    {
        var options = new ProxyOptions { Identities = new IdentityOptions { MaxTraits = 2 } };
        await using var proxy = await TestProxy.ServeAsync(options, Document().ToJsonString());
        async Task<int> StatusAsync(string context)
        {
            using var response = await proxy.SendAsync(HttpMethod.Post, "/ofrep/v1/evaluate/flags", "env", $$$"""{"context":{{{context}}}}""");
            return (int)response.StatusCode;
        }

        Assert.Equal(200, await StatusAsync("""{"targetingKey":"x","a":1,"b":null,"c":{},"d":[]}"""));
        Assert.Equal(400, await StatusAsync("""{"targetingKey":"x","a":1,"b":null,"c":2}"""));
        Assert.Equal(400, await StatusAsync("""{"targetingKey":"x","a":1,"b":2,"traits":{"c":1}}"""));
    }

    [Fact]
    public async Task Post_LargeBody_TooLargeOrAnswered()
    {
        var options = new ProxyOptions { Identities = new IdentityOptions { MaxRequestBodyBytes = 100_000 } };
        await using var proxy = await TestProxy.ServeAsync(options, Document().ToJsonString());
        foreach (var (length, status) in ((int, int)[])[(20_000, 200), (90_000, 200), (100_001, 413)])
        {
            var body = $$$"""{"context":{"targetingKey":"x","plan":"pro","blob":["{{{new string('x', length)}}}"]}}""";
            using var response = await proxy.SendAsync(HttpMethod.Post, "/ofrep/v1/evaluate/flags/banner", "env", body);

            Assert.Equal(status, (int)response.StatusCode);
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal(status == 200 ? "pro banner" : null, (string?)answer["value"]);
            Assert.Equal(status == 200 ? null : "INVALID_CONTEXT", (string?)answer["errorCode"]);
        }
    }

    private static JsonObject Document()
    {
        var document = OfrepDocument.Create();
        document["identity_overrides"]!.AsArray().Add(Documents.Override("7", Documents.State(1, "banner", true, "seven")));
        document["identity_overrides"]!.AsArray().Add(Documents.Override("1.50", Documents.State(1, "banner", true, "decimal")));
        document["project"]!["segments"]!.AsArray().Add(OfrepDocument.Segment(15, "writers", "bio", "CONTAINS", "é", Documents.State(1, "banner", true, "long")));
        document["feature_states"]!.AsArray().Add(OfrepDocument.With(
            OfrepDocument.With(Documents.State(30, "half", true, "x"), OfrepDocument.Variant(7, "first", "1", 50)), OfrepDocument.Variant(8, "second", "2", 50)));
        return document;
    }

    private async Task<string?> ValueAsync(string key, string body) => (string?)JsonNode.Parse(await _proxy.GetFlagAsync(key, "banner", body))!["value"];
}
