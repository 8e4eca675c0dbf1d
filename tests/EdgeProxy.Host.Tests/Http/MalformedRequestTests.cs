using System.Text;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>Requests that fuzzing found: each gets a status of docs/spec/sdk-api.md 8.3, and nothing is logged above debug level.</summary>
public sealed class MalformedRequestTests : IAsyncLifetime
{
    private const string Head = "POST /api/v1/identities/ HTTP/1.1\r\nHost: x\r\nX-Environment-Key: env\r\n";
    private TestProxy _proxy = null!;

    public async Task InitializeAsync() => _proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Theory]
    [InlineData("FFFFFFFFF\r\n")] // more than an integer holds
    [InlineData("zz\r\n")]
    [InlineData("2\r\n{}xyz\r\n")]
    [InlineData("2\r\n{}\r\n0\r\nX: \u00ff\0\r\n\r\n")] // a trailer that is no text
    [InlineData("2\r\n{}\r\n0\r\nno colon\r\n\r\n")]
    public async Task Post_MalformedChunks_BadRequestAndClosed(string chunks)
    {
        await using var connection = await RawConnection.OpenAsync(_proxy.Address);

        await connection.SendAsync(Encoding.Latin1.GetBytes($"{Head}Transfer-Encoding: chunked\r\n\r\n{chunks}"));

        Assert.Equal(400, (await connection.ReadResponseAsync()).Status);
        await Assert.ThrowsAnyAsync<IOException>(connection.ReadResponseAsync);
        await AssertQuietAsync();
    }

    [Theory]
    [InlineData("identity, chunked")]
    [InlineData("chunked, chunked")]
    [InlineData("gzip, chunked")]
    [InlineData(", chunked")]
    [InlineData("chunked\r\nTransfer-Encoding: chunked")]
    public async Task Post_FramedByAnythingButChunkedAlone_BadRequestAndClosed(string coding)
    {
        await using var connection = await RawConnection.OpenAsync(_proxy.Address);

        await connection.SendAsync(Encoding.ASCII.GetBytes($"{Head}Transfer-Encoding: {coding}\r\n\r\n18\r\n{{\"identifier\":\"someone\"}}\r\n0\r\n\r\n"));

        Assert.Equal(400, (await connection.ReadResponseAsync()).Status);
        await Assert.ThrowsAnyAsync<IOException>(connection.ReadResponseAsync);
        await AssertQuietAsync();
    }

    [Theory]
    [InlineData("chunked")]
    [InlineData("Chunked")]
    public async Task Post_Chunked_Answered(string coding)
    {
        await using var connection = await RawConnection.OpenAsync(_proxy.Address);

        await connection.SendAsync(Encoding.ASCII.GetBytes($"{Head}Transfer-Encoding: {coding}\r\n\r\n19\r\n{{\"identifier\":\"someone1\"}}\r\n0\r\n\r\n"));

        Assert.Equal(200, (await connection.ReadResponseAsync()).Status);
    }

    [Theory]
    [InlineData("/api/v1/flags/", "env")]
    [InlineData("/api/v1/flags/", "none")]
    [InlineData("/proxy/health", null)]
    [InlineData("/nowhere", null)]
    public async Task Get_Anything_BrowsersMayNotGuessItsType(string path, string? key)
    {
        using var response = await _proxy.SendAsync(HttpMethod.Get, path, key);

        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
    }

    [Theory]
    [InlineData("Content-Length: 416\r\n\r\n{")]
    [InlineData("Content-Length: 416\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{")]
    public async Task Post_ClientGoneInTheBody_NothingLogged(string rest)
    {
        for (var round = 0; round < 20; round++)
        {
            await using var connection = await RawConnection.OpenAsync(_proxy.Address);
            await connection.SendAsync(Encoding.ASCII.GetBytes(Head + rest));
        }

        await Patience.UntilAsync(
            () => _proxy.Log.Entries.Count(static entry => entry.Message.EndsWith("\" stopped.", StringComparison.Ordinal)) >= 20, "all connections to be over");
        await AssertQuietAsync();
    }

    [Theory]
    [InlineData("""{"ide\ud800ntifier":1,"identifier":"olga"}""")]
    [InlineData("""{"identifier":"olga","traits":[{"\udc00":1,"trait_key":"a","trait_value":"b"}]}""")]
    [InlineData("""{"\u0069dentifier":"olga","tr\u0061its":[{"trait\u005fkey":"a","trait_\u0076alue":"b"}]}""")]
    public async Task Post_EscapedMemberNames_OnlyTheTextOfNamesCounts(string body)
    {
        await using var connection = await RawConnection.OpenAsync(_proxy.Address);

        var response = await connection.PostAsync("/api/v1/identities/", "env", Encoding.UTF8.GetBytes(body));

        Assert.Equal(200, response.Status);
        Assert.Contains("\"olga\"", response.Body, StringComparison.Ordinal);
        Assert.Equal(body.Contains("tr", StringComparison.Ordinal) && body.Contains("\"a\"", StringComparison.Ordinal), response.Body.Contains("\"trait_key\":\"a\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("head")]
    [InlineData("Get")]
    [InlineData("hEAD")]
    public async Task Any_MethodInOtherCase_NotAllowed(string method)
    {
        await using var connection = await RawConnection.OpenAsync(_proxy.Address);

        await connection.SendAsync(Encoding.ASCII.GetBytes($"{method} /api/v1/flags/ HTTP/1.1\r\nHost: x\r\nX-Environment-Key: env\r\n\r\n"));
        var response = await connection.ReadResponseAsync();

        Assert.Equal(405, response.Status);
        Assert.Contains("Method Not Allowed", response.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "Origin: https://é.example", 200)]
    [InlineData("GET", "Origin: https://a.example\u0001", 200)]
    [InlineData("OPTIONS", "Origin: https://é.example\r\nAccess-Control-Request-Method: GET", 400)]
    [InlineData("OPTIONS", "Origin: https://a.example\r\nAccess-Control-Request-Method: é", 400)]
    [InlineData("OPTIONS", "Origin: https://a.example\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: é", 400)]
    public async Task Any_HeaderThatCannotBeEchoed_AnsweredWithoutIt(string method, string headers, int status)
    {
        await using var connection = await RawConnection.OpenAsync(_proxy.Address);

        await connection.SendAsync(Encoding.UTF8.GetBytes($"{method} /api/v1/flags/ HTTP/1.1\r\nHost: x\r\nX-Environment-Key: env\r\n{headers}\r\n\r\n"));

        Assert.Equal(status, (await connection.ReadResponseAsync()).Status);
        Assert.Equal(200, (await connection.GetAsync("/api/v1/flags/", "env")).Status);
        await AssertQuietAsync();
    }

    private async Task AssertQuietAsync()
    {
        await _proxy.GetAsync("/api/v1/flags/", "env");
        Assert.DoesNotContain(_proxy.Log.Entries, static entry => entry.Level >= LogLevel.Warning);

        // That would be a read of ours which nobody ended; the server then says it, but not to operators.
        Assert.DoesNotContain(
            _proxy.Log.Entries, static entry => entry.Exception?.Message.StartsWith("Reading is already in progress", StringComparison.Ordinal) == true);
    }
}
