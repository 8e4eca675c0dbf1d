using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Ofrep;

/// <summary>
/// Bodies that no provider sends: each gets its status and JSON (docs/spec/ofrep.md 3 and 8), and the next request on the same
/// connection works.
/// </summary>
public sealed class HostileContextTests : IAsyncLifetime
{
    private const string Bulk = "/ofrep/v1/evaluate/flags";
    private const string One = Bulk + "/banner";
    private const int MaxBodyBytes = 1024 * 1024;

    private const string Context =
        """{"context":{"targetingKey":"b\u00f3b 😀","plan":"pro\n","n":-1.5e+3,"vip":true,"none":null,"traits":{"pl\u0061n":"free"},"device":{"os":["a",{}]}}}""";

    private OfrepProxy _proxy = null!;
    private RawConnection _connection = null!;

    public async Task InitializeAsync()
    {
        _proxy = await OfrepProxy.StartAsync();
        _connection = await RawConnection.OpenAsync(_proxy.Proxy.Address);
    }

    public async Task DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData(Bulk)]
    [InlineData(One)]
    public async Task Post_TruncatedAnywhere_ParseError(string target)
    {
        var body = Encoding.UTF8.GetBytes(Context);
        for (var length = 1; length < body.Length; length++)
        {
            await CheckErrorAsync(target, body.AsMemory(0, length), 400, "PARSE_ERROR");
        }

        Assert.Equal(200, (await _connection.PostAsync(target, "env", body)).Status);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    public async Task Post_InvalidUtf8_ParseError(byte[] bytes)
    {
        foreach (var (before, after) in new[] { ("{\"context\":{\"targetingKey\":\"", "\"}}"), ("{\"context\":{\"", "\":1}}"), ("{\"context\":{\"a\":\"", "\"}}"), ("{\"", "\":1}"), ("", "{}"), ("{}", "") })
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(before), .. bytes, .. Encoding.ASCII.GetBytes(after)];

            await CheckErrorAsync(Bulk, body, 400, "PARSE_ERROR");
            await CheckErrorAsync(One, body, 400, "PARSE_ERROR");
        }
    }

    [Theory]
    [InlineData('[', ']', "")]
    [InlineData('{', '}', "\"a\":")]
    public async Task Post_DeeperThanAnyJson_ParseError(char open, char close, string name)
    {
        foreach (var before in (string[])["{\"context\":", "{\"context\":{\"x\":", "{\"context\":{\"targetingKey\":", "{\"context\":{\"traits\":", "{\"x\":"])
        {
            var body = before + string.Concat(Enumerable.Repeat(open + name, 100_000)) + new string(close, 100_000);

            await CheckErrorAsync(Bulk, Encoding.ASCII.GetBytes(body), 400, "PARSE_ERROR");
        }
    }

    [Theory]
    [InlineData(63)]
    [InlineData(900)]
    public async Task Post_DeepButIgnored_Evaluated(int depth)
    {
        var body = $$$"""{"context":{"deep":{{{new string('[', depth)}}}{{{new string(']', depth)}}},"targetingKey":"olga"}}""";

        var response = await _connection.PostAsync(One, "env", Encoding.ASCII.GetBytes(body));

        Assert.Equal("own", (string?)JsonNode.Parse(response.Body)!["value"]);
    }

    [Theory]
    [InlineData("FFFFFFFFF\r\n")] // more than an integer holds
    [InlineData("zz\r\n")]
    [InlineData("2\r\n{}xyz\r\n")]
    [InlineData("2\r\n{}\r\n0\r\nno colon\r\n\r\n")]
    public async Task Post_MalformedChunks_GeneralErrorAndClosed(string chunks)
    {
        foreach (var target in (string[])[Bulk, One])
        {
            await using var connection = await RawConnection.OpenAsync(_proxy.Proxy.Address);
            await connection.SendAsync(Encoding.Latin1.GetBytes(
                $"POST {target} HTTP/1.1\r\nHost: x\r\nX-API-Key: env\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"));

            CheckError(await connection.ReadResponseAsync(), target, 400, "GENERAL");
            await Assert.ThrowsAnyAsync<IOException>(connection.ReadResponseAsync);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_BodyOverTheLimit_TooLargeAndTheConnectionLives(bool isChunked)
    {
        var limits = new IdentityOptions { MaxRequestBodyBytes = 1000 };
        await using var proxy = await TestProxy.ServeAsync(new ProxyOptions { Identities = limits }, OfrepDocument.Create().ToJsonString());
        await using var connection = await RawConnection.OpenAsync(proxy.Address);
        var body = $$$"""{"context":{"a":"{{{new string('x', 2000)}}}"}}""";
        foreach (var target in (string[])[Bulk, One])
        {
            var head = $"POST {target} HTTP/1.1\r\nHost: x\r\nX-API-Key: env\r\n";
            await connection.SendAsync(Encoding.ASCII.GetBytes(
                isChunked ? $"{head}Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n" : $"{head}Content-Length: {body.Length}\r\n\r\n{body}"));

            CheckError(await connection.ReadResponseAsync(), target, 413, "INVALID_CONTEXT");
            Assert.Equal(200, (await connection.PostAsync(target, "env", "{}"u8.ToArray())).Status);
        }
    }

    [Fact]
    public async Task Post_ByteOrderMark_ReadAsJson()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. """{"context":{"targetingKey":"olga"}}"""u8];

        Assert.Equal("own", (string?)JsonNode.Parse((await _connection.PostAsync(One, "env", body)).Body)!["value"]);
    }

    [Fact]
    public async Task Post_ManyAttributes_OneTooManyIsRefusedHoweverManyFollow()
    {
        var attributes = string.Join(',', Enumerable.Range(0, 50_000).Select(static i => $"\"a{i}\":{i}"));

        await CheckErrorAsync(Bulk, Encoding.ASCII.GetBytes($$$"""{"context":{"targetingKey":"x",{{{attributes}}}}}"""), 400, "INVALID_CONTEXT");
        await CheckErrorAsync(Bulk, Encoding.ASCII.GetBytes($$$"""{"context":{{{{attributes}}},"x":}}"""), 400, "PARSE_ERROR");
    }

    [Fact]
    public async Task Post_RandomMutations_AlwaysADocumentedAnswer()
    {
        var random = new Random(20261128);
        var original = Encoding.UTF8.GetBytes(Context);
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
                        body.RemoveAt(at);
                        break;
                    default:
                        body.Insert(at, original[random.Next(original.Length)]);
                        break;
                }
            }

            var target = round % 2 == 0 ? Bulk : One;
            var response = await _connection.PostAsync(target, "env", body.ToArray());
            if (response.Status != 200)
            {
                Assert.True((string?)JsonNode.Parse(response.Body)!["errorCode"] is "PARSE_ERROR" or "INVALID_CONTEXT", response.Body);
                CheckError(response, target, 400, code: null);
            }
        }
    }

    private static void CheckError(RawResponse response, string target, int status, string? code)
    {
        Assert.Equal(status, response.Status);
        var error = JsonNode.Parse(response.Body)!;
        Assert.Equal(code ?? (string?)error["errorCode"], (string?)error["errorCode"]);
        Assert.Equal(target == Bulk ? null : "banner", (string?)error["key"]);
        Assert.Equal("{}", error["metadata"]!.ToJsonString());
    }

    private async Task CheckErrorAsync(string target, ReadOnlyMemory<byte> body, int status, string code)
    {
        Assert.InRange(body.Length, 0, MaxBodyBytes);
        CheckError(await _connection.PostAsync(target, "env", body), target, status, code);
    }
}
