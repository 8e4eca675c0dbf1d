using System.Text;
using EdgeProxy.Fuzzing.Responses;

namespace EdgeProxy.Tooling.Tests.Fuzzing.Responses;

/// <summary>The reader finds what it is there to find.</summary>
public sealed class ResponseParserTests
{
    private const string Good = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\nDate: x\r\n\r\n[]";
    private static readonly ResponseExpectations Strict = new(MayLackBodies: false, MayContinue: false, IsPreface: false, MayBeCutOff: false);

    [Fact]
    public void ReadAll_TwoGoodOnes_Both()
    {
        var responses = Read(Good + Good, Strict);

        Assert.Equal(2, responses.Count);
        Assert.All(responses, static response => Assert.Equal("[]"u8.ToArray(), ResponseRules.Check(response)));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 0\n\n")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nxy")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxy")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: \u0001\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: a\r\n b\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    public void ReadAll_Malformed_Refused(string received) =>
        Assert.Throws<MalformedResponseException>(() => Read(received, Strict));

    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nDate: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nDate: x\r\nSet-Cookie: a\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nDate: x\r\nETag: \"a\"\r\nETag: \"a\"\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nDate: x\r\n\r\nx")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Type: application/json\r\nDate: x\r\n\r\n[")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nDate: x\r\n\r\n[]")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 15\r\nContent-Type: text/plain\r\nDate: x\r\n\r\nSystem.IO.Stuff")]
    public void Check_NotOneOfOurs_Refused(string received)
    {
        var response = Assert.Single(Read(received, Strict));

        Assert.Throws<MalformedResponseException>(() => ResponseRules.Check(response));
    }

    [Fact]
    public void ReadAll_BodyLeftOutAfterHead_OnlyWhereItMayBe()
    {
        const string HeadOnly = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: x\r\n\r\n";

        Assert.Equal(2, Read(HeadOnly + Good, Strict with { MayLackBodies = true }).Count);
        Assert.Throws<MalformedResponseException>(() => Read(HeadOnly, Strict));
    }

    [Fact]
    public void ReadAll_EventStream_UpToWhereItWasCutOff()
    {
        const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nDate: x\r\n\r\n";
        const string Events = "d\r\nretry: 2000\n\n\r\n3\r\n:\n\n\r\n";

        var ended = Read($"{Head}{Events}0\r\n\r\n{Good}", Strict);
        var cutOff = Read($"{Head}{Events}20\r\nda", Strict with { MayBeCutOff = true });

        Assert.Equal(2, ended.Count);
        Assert.Equal("retry: 2000\n\n:\n\n"u8.ToArray(), ResponseRules.Check(ended[0]));
        Assert.Equal("retry: 2000\n\n:\n\n"u8.ToArray(), ResponseRules.Check(Assert.Single(cutOff)));
        Assert.Throws<MalformedResponseException>(() => Read($"{Head}{Events}", Strict));
        Assert.Throws<MalformedResponseException>(() => Read($"{Head}zz\r\n", Strict with { MayBeCutOff = true }));
        Assert.Throws<MalformedResponseException>(() => Read($"{Head}1\r\n:x\r\n", Strict with { MayBeCutOff = true }));
        Assert.Throws<MalformedResponseException>(() => ResponseRules.Check(Read($"{Head}3\r\nx\n\n\r\n0\r\n\r\n", Strict)[0]));
    }

    private static List<ParsedResponse> Read(string received, ResponseExpectations expectations) =>
        ResponseParser.ReadAll(Encoding.Latin1.GetBytes(received), expectations);
}
