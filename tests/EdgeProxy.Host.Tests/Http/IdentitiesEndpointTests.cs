using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http;

/// <summary><c>POST</c> and <c>GET /api/v1/identities/</c> (docs/spec/sdk-api.md 4).</summary>
public sealed class IdentitiesEndpointTests
{
    [Fact]
    public async Task Post_MatchingTrait_OverrideOfTheSegment()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        var answer = await proxy.PostIdentityAsync("env", """{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}]}""");

        AssertJson.Equal(
            """
            {"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}],"flags":[
              {"feature":{"id":1,"name":"plain","type":"STANDARD"},"enabled":true,"feature_state_value":"blue","variant":null,"reason":"DEFAULT"},
              {"feature":{"id":2,"name":"off","type":"STANDARD"},"enabled":false,"feature_state_value":null,"variant":null,"reason":"DEFAULT"},
              {"feature":{"id":4,"name":"targeted","type":"STANDARD"},"enabled":true,"feature_state_value":"beta","variant":null,"reason":"TARGETING_MATCH"}]}
            """,
            answer);
    }

    [Fact]
    public async Task Post_WithoutDetails_MembersOfTheFlagsmithEdgeProxy()
    {
        await using var proxy = await TestProxy.ServeAsync(
            new ProxyOptions { Documents = new DocumentOptions { FlagDetails = FlagDetails.None } }, Documents.Small("env").ToJsonString());

        AssertJson.Equal(
            """
            {"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}],"flags":[
              {"feature":{"id":1,"name":"plain","type":"STANDARD"},"enabled":true,"feature_state_value":"blue"},
              {"feature":{"id":2,"name":"off","type":"STANDARD"},"enabled":false,"feature_state_value":null},
              {"feature":{"id":4,"name":"targeted","type":"STANDARD"},"enabled":true,"feature_state_value":"beta"}]}
            """,
            await proxy.PostIdentityAsync("env", """{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}]}"""));
    }

    [Theory]
    [InlineData("""{"identifier":"bob"}""", "none")]
    [InlineData("""{"identifier":"bob","traits":null}""", "none")]
    [InlineData("""{"identifier":"bob","traits":[]}""", "none")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"basic"}]}""", "none")]
    [InlineData("""{"identifier":"olga"}""", "own")]
    [InlineData("""{"identifier":"\u006flga"}""", "own")]
    [InlineData("""{"identifier":"olga","traits":[{"trait_key":"plan","trait_value":"pro"}]}""", "own")]
    [InlineData("""{"traits":[{"trait_key":"plan","trait_value":"pro"}],"identifier":"bob"}""", "beta")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_value":"pr\u006f","transient":true,"trait_key":"pl\u0061n"}],"transient":true}""", "beta")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"},{"trait_key":"plan","trait_value":null}]}""", "none")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"},{"trait_key":"plan"}]}""", "none")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":1},{"trait_key":"plan","trait_value":"pro"}]}""", "beta")]
    [InlineData("""{"identifier":"x","identifier":"olga"}""", "own")]
    [InlineData("""{"identifier":1,"identifier":"olga"}""", "own")]
    [InlineData("""{"identifier":"olga","identifier":null}""", "none")]
    [InlineData("""{"identifier":"olga","identifier":""}""", "none")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}],"traits":[]}""", "none")]
    [InlineData("""{"identifier":"bob","traits":"?","traits":[{"trait_key":"plan","trait_value":"pro"}]}""", "beta")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"x","trait_key":"plan","trait_value":{},"trait_value":"pro"}]}""", "beta")]
    [InlineData("""  {"more":{"traits":[1]},"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro","more":[[]]}]} """, "beta")]
    public async Task Post_AnyForm_Evaluated(string body, string expected)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        Assert.Equal(expected, Value(await proxy.PostIdentityAsync("env", body), "targeted"));
    }

    [Fact]
    public async Task Post_Traits_EchoedAsTheyCame()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        const string Traits =
            """
            [{"trait_key":"b","trait_value":1.50},{"trait_key":"a","trait_value":"x"},{"trait_key":"b","trait_value":true},
             {"trait_key":"big","trait_value":123456789012345678901234567890},{"trait_key":"e","trait_value":1e3},
             {"trait_key":"neg","trait_value":-0.0},{"trait_key":"","trait_value":"\u00e9\ud83d\ude00\n\""},{"trait_key":"n","trait_value":null}]
            """;

        var answer = await proxy.PostIdentityAsync("env", $$"""{"identifier":"bob","traits":{{Traits}}}""");

        // By text, not by meaning: numbers keep their spelling.
        Assert.Contains(
            """[{"trait_key":"b","trait_value":1.50},{"trait_key":"a","trait_value":"x"},{"trait_key":"b","trait_value":true},{"trait_key":"big","trait_value":123456789012345678901234567890},{"trait_key":"e","trait_value":1e3},{"trait_key":"neg","trait_value":-0.0},""",
            answer, StringComparison.Ordinal);
        Assert.Equal("é😀\n\"", (string?)JsonNode.Parse(answer)!["traits"]![6]!["trait_value"]);
        Assert.Null(JsonNode.Parse(answer)!["traits"]![7]!["trait_value"]);
    }

    [Fact]
    public async Task Post_TraitWithoutValue_EchoedAsNull()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        var answer = await proxy.PostIdentityAsync("env", """{"identifier":"bob","traits":[{"trait_key":"a","transient":true}],"transient":true}""");

        var json = JsonNode.Parse(answer)!;
        AssertJson.Equal("""[{"trait_key":"a","trait_value":null}]""", json["traits"]!.ToJsonString());
        Assert.Equal(["identifier", "traits", "flags"], json.AsObject().Select(static member => member.Key));
    }

    [Theory]
    [InlineData("""{"traits":[{"trait_key":"b","trait_value":1.50},{"trait_key":"a","trait_value":"x"},{"trait_key":"c","trait_value":null}]}""", "axb1.5")]
    [InlineData("""{"identifier":null,"traits":[{"trait_key":"t","trait_value":true},{"trait_key":"f","trait_value":false},{"trait_key":"n","trait_value":7}]}""", "fFalsen7tTrue")]
    [InlineData("""{"identifier":"","traits":[{"trait_key":"k","trait_value":"2"},{"trait_key":"k","trait_value":"1"}]}""", "k2k1")]
    [InlineData("""{"traits":[{"trait_key":"ü","trait_value":"\u00e9"},{"trait_key":"z","trait_value":1e16},{"trait_key":"\ud83d\ude00","trait_value":-0}]}""", "z1e+16üé😀0")]
    public async Task Post_NoIdentifier_MadeFromTheTraits(string body, string hashed)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        var answer = await proxy.PostIdentityAsync("env", body);

        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed)));
        Assert.Equal(expected, (string?)JsonNode.Parse(answer)!["identifier"]);
    }

    [Fact]
    public async Task Post_NoIdentifierAndNoTraits_ANewOneEachTime()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        var first = (string?)JsonNode.Parse(await proxy.PostIdentityAsync("env", "{}"))!["identifier"];
        var second = (string?)JsonNode.Parse(await proxy.PostIdentityAsync("env", """{"traits":[]}"""))!["identifier"];

        Assert.Matches("^[0-9a-f]{32}$", first);
        Assert.Matches("^[0-9a-f]{32}$", second);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("/api/v1/identities/?identifier=olga", "{}", "olga")]
    [InlineData("/api/v1/identities/?identifier=olga", """{"identifier":"bob"}""", "bob")]
    [InlineData("/api/v1/identities?identifier=a%22b", """{"identifier":""}""", "a\"b")]
    public async Task Post_IdentifierInTheQuery_UsedWhenTheBodyHasNone(string target, string body, string expected)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Post, target, "env", body);

        Assert.Equal(expected, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["identifier"]);
    }

    [Theory]
    [InlineData("?identifier=olga", "olga", "own")]
    [InlineData("?identifier=ol%67a&transient=true", "olga", "own")]
    [InlineData("?transient=true&identifier=a%20b", "a b", "none")]
    [InlineData("?identifier=a+b", "a b", "none")]
    [InlineData("?identifier=x&identifier=olga", "olga", "own")]
    [InlineData("?identifier=%C3%A9%F0%9F%98%80", "é😀", "none")]
    [InlineData("?identifier=100%25%zz%4", "100%%zz%4", "none")]
    [InlineData("?identifier=%FF", "\uFFFD", "none")]
    [InlineData("?identifier=a%22%5C%0A%00b", "a\"\\\n\0b", "none")]
    public async Task Get_Identifier_Decoded(string query, string identifier, string expected)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        await using var connection = await RawConnection.OpenAsync(proxy.Address); // no client must tidy the query up

        var response = await connection.GetAsync($"/api/v1/identities/{query}", "env");

        Assert.Equal(200, response.Status);
        var json = JsonNode.Parse(response.Body)!;
        Assert.Equal(identifier, (string?)json["identifier"]);
        Assert.Empty(json["traits"]!.AsArray());
        Assert.Equal(expected, Value(response.Body, "targeted"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?transient=true")]
    public async Task Get_NoIdentifier_Unprocessable(string query)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, $"/api/v1/identities/{query}", "env");

        Assert.Equal(422, (int)response.StatusCode);
        AssertJson.Equal(
            """{"detail":[{"type":"missing","loc":["query","identifier"],"msg":"Field required"}]}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Post_ClientTraitsNotAllowed_IgnoredForClientsOnly()
    {
        var document = Documents.Small("env");
        document["allow_client_traits"] = false;
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());
        const string Body = """{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}]}""";

        var client = await proxy.PostIdentityAsync("env", Body);
        var server = await proxy.PostIdentityAsync("ser.env", Body);

        Assert.Equal("none", Value(client, "targeted"));
        Assert.Empty(JsonNode.Parse(client)!["traits"]!.AsArray());
        Assert.Equal("beta", Value(server, "targeted"));
        Assert.Single(JsonNode.Parse(server)!["traits"]!.AsArray());
    }

    [Theory]
    [InlineData("env")]
    [InlineData("ser.env")]
    public async Task Post_SensitiveDataHidden_TraitsCountButAreNotEchoed(string key)
    {
        var document = Documents.Small("env");
        document["hide_sensitive_data"] = true;
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());

        var answer = await proxy.PostIdentityAsync(key, """{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}]}""");

        Assert.Equal("beta", Value(answer, "targeted"));
        Assert.Empty(JsonNode.Parse(answer)!["traits"]!.AsArray());
    }

    [Fact]
    public async Task Post_DisabledFlagsHidden_AsTheyAreAfterEvaluation()
    {
        var document = Documents.Small("env");
        document["hide_disabled_flags"] = true;
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());

        var without = JsonNode.Parse(await proxy.PostIdentityAsync("env", """{"identifier":"bob"}"""))!["flags"]!.AsArray();
        var with = JsonNode.Parse(await proxy.PostIdentityAsync("env", """{"identifier":"olga"}"""))!["flags"]!.AsArray();

        Assert.Equal(["plain"], without.Select(static flag => (string?)flag!["feature"]!["name"]));
        Assert.Equal(["plain", "targeted"], with.Select(static flag => (string?)flag!["feature"]!["name"]));
    }

    [Fact]
    public async Task Post_BodyInPieces_Read()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        await using var connection = await RawConnection.OpenAsync(proxy.Address);
        var body = """{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}]}"""u8.ToArray();

        await connection.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/identities/ HTTP/1.1\r\nHost: x\r\nX-Environment-Key: env\r\nContent-Length: {body.Length}\r\n\r\n"));
        foreach (var value in body)
        {
            await connection.SendAsync(new[] { value });
        }

        Assert.Equal("beta", Value((await connection.ReadResponseAsync()).Body, "targeted"));
    }

    [Fact]
    public async Task Post_BodyInChunks_Read()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        await using var connection = await RawConnection.OpenAsync(proxy.Address);

        await connection.SendAsync(Encoding.ASCII.GetBytes(
            "POST /api/v1/identities/ HTTP/1.1\r\nHost: x\r\nX-Environment-Key: env\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "e\r\n{\"identifier\":\r\n6\r\n\"olga\"\r\n1\r\n}\r\n0\r\n\r\n"));

        Assert.Equal("own", Value((await connection.ReadResponseAsync()).Body, "targeted"));
    }

    [Fact]
    public async Task Post_BodyLargerThanASegment_Read()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        var traits = Enumerable.Range(0, 500).Select(static i => $$"""{"trait_key":"key_{{i}}","trait_value":"{{new string('x', 200)}}"}""");

        var answer = await proxy.PostIdentityAsync(
            "env", $$"""{"identifier":"bob","traits":[{{string.Join(',', traits)}},{"trait_key":"plan","trait_value":"pro"}]}""");

        Assert.Equal("beta", Value(answer, "targeted"));
        Assert.Equal(501, JsonNode.Parse(answer)!["traits"]!.AsArray().Count);
    }

    [Fact]
    public async Task Post_AnyContentType_ReadAsJson()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/identities/")
        {
            Content = new StringContent("""{"identifier":"olga"}""", Encoding.UTF8, "text/plain"),
        };
        request.Headers.Add("X-Environment-Key", "env");

        using var response = await proxy.Client.SendAsync(request);

        Assert.Equal("own", Value(await response.Content.ReadAsStringAsync(), "targeted"));
    }

    private static string? Value(string answer, string feature) => (string?)JsonNode.Parse(answer)!["flags"]!.AsArray()
        .Single(flag => (string?)flag!["feature"]!["name"] == feature)!["feature_state_value"];
}
