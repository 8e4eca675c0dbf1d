using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>
/// Bodies that no SDK sends: each gets its status (docs/spec/sdk-api.md 4.4), and the next request on the same connection
/// works.
/// </summary>
public sealed class HostileIdentitiesTests : IAsyncLifetime
{
    private const string Good = """{"identifier":"olga"}""";
    private TestProxy _proxy = null!;
    private RawConnection _connection = null!;

    public async Task InitializeAsync()
    {
        _proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        _connection = await RawConnection.OpenAsync(_proxy.Address);
    }

    public async Task DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task Post_TruncatedAnywhere_Unprocessable()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"identifier":"bób\u00e9\ud83d\ude00","traits":[{"trait_key":"plan","trait_value":"pro\n"},{"trait_key":"n","trait_value":-1.5e+3},{"trait_key":"t","trait_value":true}],"transient":false}""");

        for (var length = 0; length < body.Length; length++)
        {
            var problem = await PostBadAsync(body.AsMemory(0, length), 422);

            Assert.Equal(length == 0 ? "missing" : "json_invalid", (string?)problem!["type"]);
            Assert.Equal("body", (string?)problem["loc"]![0]);
        }

        Assert.Equal(200, (await _connection.PostAsync("/api/v1/identities/", "env", body)).Status);
    }

    [Theory]
    [InlineData("", "missing", "body")]
    [InlineData(" \r\n\t", "missing", "body")]
    [InlineData("null", "missing", "body")]
    [InlineData("[]", "model_attributes_type", "body")]
    [InlineData("\"identifier\"", "model_attributes_type", "body")]
    [InlineData("12", "model_attributes_type", "body")]
    [InlineData("true", "model_attributes_type", "body")]
    [InlineData("[1,2", "json_invalid", null)]
    [InlineData("{} {}", "json_invalid", null)]
    [InlineData("{}x", "json_invalid", null)]
    [InlineData("{'identifier':'x'}", "json_invalid", null)]
    [InlineData("{\"identifier\":\"x\",}", "json_invalid", null)]
    [InlineData("{\"identifier\":\"a\tb\"}", "json_invalid", null)]
    [InlineData("{\"identifier\":\"\\x41\"}", "json_invalid", null)]
    [InlineData("{\"identifier\":NaN}", "json_invalid", null)]
    [InlineData("{\"traits\":[{\"trait_key\":\"a\",\"trait_value\":01}]}", "json_invalid", null)]
    [InlineData("{\"traits\":[{\"trait_key\":\"a\",\"trait_value\":1.}]}", "json_invalid", null)]
    [InlineData("{\"traits\":[{\"trait_key\":\"a\",\"trait_value\":+1}]}", "json_invalid", null)]
    [InlineData("{\"traits\":[{\"trait_key\":\"a\",\"trait_value\":Infinity}]}", "json_invalid", null)]
    [InlineData("{\"identifier\":12}", "string_type", "body.identifier")]
    [InlineData("{\"identifier\":{\"a\":1}}", "string_type", "body.identifier")]
    [InlineData("{\"identifier\":[]}", "string_type", "body.identifier")]
    [InlineData("{\"identifier\":false}", "string_type", "body.identifier")]
    [InlineData("{\"identifier\":12,\"traits\":[", "json_invalid", null)]
    [InlineData("{\"traits\":{}}", "list_type", "body.traits")]
    [InlineData("{\"traits\":\"plan\"}", "list_type", "body.traits")]
    [InlineData("{\"traits\":1}", "list_type", "body.traits")]
    [InlineData("{\"traits\":[null]}", "model_attributes_type", "body.traits.0")]
    [InlineData("{\"traits\":[{\"trait_key\":\"a\"},[]]}", "model_attributes_type", "body.traits.1")]
    [InlineData("{\"traits\":[{}]}", "missing", "body.traits.0.trait_key")]
    [InlineData("{\"traits\":[{\"trait_value\":1}]}", "missing", "body.traits.0.trait_key")]
    [InlineData("{\"traits\":[{\"trait_key\":null}]}", "string_type", "body.traits.0.trait_key")]
    [InlineData("{\"traits\":[{\"trait_key\":5}]}", "string_type", "body.traits.0.trait_key")]
    [InlineData("{\"traits\":[{\"trait_key\":[\"a\"]}]}", "string_type", "body.traits.0.trait_key")]
    [InlineData("{\"traits\":[{\"trait_key\":\"a\",\"trait_value\":{}}]}", "string_type", "body.traits.0.trait_value")]
    [InlineData("{\"traits\":[{\"trait_key\":\"a\",\"trait_value\":[1]}]}", "string_type", "body.traits.0.trait_value")]
    [InlineData("{\"traits\":[{\"trait_key\":\"a\",\"trait_value\":[1]}, {]}", "json_invalid", null)]
    [InlineData("{\"identifier\":\"\\ud800\"}", "string_unicode", "body.identifier")]
    [InlineData("{\"identifier\":\"a\\udc00b\"}", "string_unicode", "body.identifier")]
    [InlineData("{\"identifier\":\"\\ud800\\u0041\"}", "string_unicode", "body.identifier")]
    [InlineData("{\"identifier\":\"\\ud800\\ud800\"}", "string_unicode", "body.identifier")]
    [InlineData("{\"identifier\":\"\\ud800x\"}", "string_unicode", "body.identifier")]
    [InlineData("{\"traits\":[{\"trait_key\":\"\\udfff\"}]}", "string_unicode", "body.traits.0.trait_key")]
    [InlineData("{\"traits\":[{\"trait_key\":\"a\",\"trait_value\":\"\\udbff\"}]}", "string_unicode", "body.traits.0.trait_value")]
    public async Task Post_WrongBody_Unprocessable(string body, string type, string? location)
    {
        var problem = await PostBadAsync(Encoding.UTF8.GetBytes(body), 422);

        Assert.Equal(type, (string?)problem!["type"]);
        Assert.False(string.IsNullOrEmpty((string?)problem["msg"]));
        if (location is not null)
        {
            Assert.Equal(location, string.Join('.', problem["loc"]!.AsArray().Select(static step => step!.ToString())));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    public async Task Post_InvalidUtf8_Unprocessable(byte[] bytes)
    {
        foreach (var (before, after) in new[] { ("{\"identifier\":\"", "\"}"), ("{\"", "\":1}"), ("", "{}"), ("{}", ""), ("{\"traits\":[{\"trait_key\":\"a\",\"trait_value\":\"", "\"}]}") })
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(before), .. bytes, .. Encoding.ASCII.GetBytes(after)];

            var problem = await PostBadAsync(body, 422);

            Assert.Equal("json_invalid", (string?)problem!["type"]);
            Assert.Equal(before.Length, (int?)problem["loc"]![1]);
        }
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("1e-999")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890")]
    [InlineData("1E+99999999999999999999")]
    [InlineData("0.00000000000000000000000000000000000000000000000000000000000000001e-300")]
    [InlineData("-0")]
    public async Task Post_NumberOutOfRange_EchoedAsItCame(string number)
    {
        var document = Documents.Small("env2");
        foreach (var condition in document["project"]!["segments"]![0]!["rules"]![0]!["conditions"]!.AsArray())
        {
            condition!["operator"] = "GREATER_THAN"; // so that somebody looks at the number
            condition["value"] = "5";
        }

        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());

        var answer = await proxy.PostIdentityAsync("env2", $$"""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":{{number}}}]}""");

        Assert.Contains($"\"trait_value\":{number}}}", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(63)]
    [InlineData(500)]
    public async Task Post_DeepButIgnored_Evaluated(int depth)
    {
        var body = $$"""{"deep":{{new string('[', depth)}}{{new string(']', depth)}},"identifier":"olga"}""";

        Assert.Equal(200, (await _connection.PostAsync("/api/v1/identities/", "env", Encoding.ASCII.GetBytes(body))).Status);
    }

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public async Task Post_DeeperThanAnyJson_Unprocessable(char open, char close)
    {
        var name = open == '{' ? "\"a\":" : "";
        foreach (var before in new[] { "{\"deep\":", "{\"traits\":[{\"trait_key\":\"a\",\"trait_value\":", "{\"identifier\":" })
        {
            var body = before + string.Concat(Enumerable.Repeat(open + name, 100_000)) + new string(close, 100_000);

            Assert.Equal("json_invalid", (string?)(await PostBadAsync(Encoding.ASCII.GetBytes(body), 422))!["type"]);
        }
    }

    [Fact]
    public async Task Post_AsManyTraitsAsThereMayBe_Evaluated()
    {
        var traits = Enumerable.Range(0, 999).Select(static i => $$"""{"trait_key":"k{{i}}","trait_value":{{i}}}""");
        var body = $$"""{"identifier":"bob","traits":[{{string.Join(',', traits)}},{"trait_key":"plan","trait_value":"pro"}]}""";

        var response = await _connection.PostAsync("/api/v1/identities/", "env", Encoding.ASCII.GetBytes(body));

        Assert.Equal(200, response.Status);
        var json = JsonNode.Parse(response.Body)!;
        Assert.Equal(1000, json["traits"]!.AsArray().Count);
        Assert.Equal("beta", (string?)json["flags"]![2]!["feature_state_value"]);
    }

    [Theory]
    [InlineData("x", 2000, 200)]
    [InlineData("x", 2001, 422)]
    [InlineData("é", 2000, 200)]
    [InlineData("é", 2001, 422)]
    [InlineData("😀", 2000, 200)]
    [InlineData("😀", 2001, 422)]
    [InlineData("\\u00e9", 2000, 200)]
    [InlineData("\\u00e9", 2001, 422)]
    [InlineData("\\ud83d\\ude00", 2000, 200)]
    [InlineData("\\ud83d\\ude00", 2001, 422)]
    [InlineData("\\n", 2001, 422)]
    public async Task Post_LongTrait_AtMostTwoThousandCharacters(string character, int count, int status)
    {
        var text = string.Concat(Enumerable.Repeat(character, count));
        var body = Encoding.UTF8.GetBytes($$"""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"{{text}}"}]}""");

        var response = await _connection.PostAsync("/api/v1/identities/", "env", body);

        Assert.Equal(status, response.Status);
        if (status == 422)
        {
            AssertJson.Equal(
                """{"detail":[{"type":"string_too_long","loc":["body","traits",0,"trait_value"],"msg":"String should have at most 2000 characters"}]}""",
                response.Body);
        }

        await AssertStillWorksAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_BodyOverTheLimit_TooLargeAndTheConnectionLives(bool isChunked)
    {
        await using var proxy = await TestProxy.ServeAsync(
            new ProxyOptions { Identities = new IdentityOptions { MaxRequestBodyBytes = 1000 } }, Documents.Small("env").ToJsonString());
        await using var connection = await RawConnection.OpenAsync(proxy.Address);
        var body = Encoding.ASCII.GetBytes($$"""{"identifier":"{{new string('x', 2000)}}"}""");

        if (isChunked)
        {
            await connection.SendAsync(Encoding.ASCII.GetBytes(
                "POST /api/v1/identities/ HTTP/1.1\r\nHost: x\r\nX-Environment-Key: env\r\nTransfer-Encoding: chunked\r\n\r\n"
                + $"{body.Length:x}\r\n{Encoding.ASCII.GetString(body)}\r\n0\r\n\r\n"));
        }

        var response = isChunked
            ? await connection.ReadResponseAsync()
            : await connection.PostAsync("/api/v1/identities/", "env", body);

        Assert.Equal(413, response.Status);
        Assert.Equal(200, (await connection.PostAsync("/api/v1/identities/", "env", Encoding.ASCII.GetBytes(Good))).Status);
    }

    [Fact]
    public async Task Post_ByteOrderMark_ReadAsJson()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes(Good)];

        Assert.Equal(200, (await _connection.PostAsync("/api/v1/identities/", "env", body)).Status);
    }

    [Fact]
    public async Task Post_RandomMutations_AlwaysADocumentedStatus()
    {
        var random = new Random(20261122);
        var original = Encoding.UTF8.GetBytes(
            """{"identifier":"b\u00f3b","traits":[{"trait_key":"plan","trait_value":"pro"},{"trait_key":"n","trait_value":12.5}],"transient":false}""");
        for (var round = 0; round < 3000; round++)
        {
            var body = original.ToList();
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                var at = random.Next(body.Count);
                switch (random.Next(3))
                {
                    case 0:
                        body[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        body.Insert(at, (byte)"{}[]\",:\\u0\0\xff"[random.Next(12)]);
                        break;
                    default:
                        body.RemoveAt(at);
                        break;
                }
            }

            var response = await _connection.PostAsync("/api/v1/identities/", "env", body.ToArray());

            Assert.True(response.Status is 200 or 422, $"round {round}: {response.Status} for {Convert.ToHexString([.. body])}");
            Assert.NotNull(JsonNode.Parse(response.Body));
        }

        await AssertStillWorksAsync();
        Assert.DoesNotContain(_proxy.Log.Entries, static entry => entry.Exception is not null);
    }

    private async Task<JsonNode?> PostBadAsync(ReadOnlyMemory<byte> body, int status)
    {
        var response = await _connection.PostAsync("/api/v1/identities/", "env", body);
        Assert.Equal(status, response.Status);
        await AssertStillWorksAsync();
        return JsonNode.Parse(response.Body)!["detail"]![0];
    }

    private async Task AssertStillWorksAsync()
    {
        var response = await _connection.PostAsync("/api/v1/identities/", "env", Encoding.ASCII.GetBytes(Good));
        Assert.Equal(200, response.Status);
        Assert.Contains("\"own\"", response.Body, StringComparison.Ordinal);
    }
}
