using System.Text;
using EdgeProxy.Fuzzing.Requests;
using EdgeProxy.Fuzzing.Responses;

namespace EdgeProxy.Tooling.Tests.Fuzzing.Responses;

/// <summary>The rules for answers of OFREP find what they are there to find.</summary>
public sealed class OfrepRulesTests
{
    private const string Flag = """{"key":"a","value":1,"reason":"STATIC","variant":"enabled","metadata":{}}""";
    private const string Error = """{"key":"a","errorCode":"PARSE_ERROR","errorDetails":"x","metadata":{}}""";

    [Theory]
    [InlineData(200, Flag, "OneFlag")]
    [InlineData(200, """{"key":"a","reason":"DISABLED","variant":"disabled","metadata":{}}""", "OneFlag")]
    [InlineData(200, """{"flags":[]}""", "AllFlags")]
    [InlineData(200, $$"""{"flags":[{{Flag}}],"eventStreams":[]}""", "AllFlags")]
    [InlineData(400, Error, "OneFlag")]
    [InlineData(400, """{"errorCode":"INVALID_CONTEXT","errorDetails":"x","metadata":{}}""", "AllFlags")]
    [InlineData(404, """{"key":"a","errorCode":"FLAG_NOT_FOUND","errorDetails":"x","metadata":{}}""", "OneFlag")]
    public void Check_AsSpecified_Accepted(int status, string body, string question) => Check(status, body, question);

    [Theory]
    [InlineData(200, Flag, "AllFlags")]
    [InlineData(200, """{"flags":[{"key":"a","value":1,"reason":"STATIC","metadata":{}}]}""", "AllFlags")]
    [InlineData(200, """{"key":"a","value":null,"reason":"STATIC","variant":"enabled","metadata":{}}""", "OneFlag")]
    [InlineData(200, """{"key":"a","value":1,"reason":"SPLIT; weight=1","variant":"enabled","metadata":{}}""", "OneFlag")]
    [InlineData(200, """{"key":"a","value":1,"reason":"STATIC","variant":"enabled"}""", "OneFlag")]
    [InlineData(200, "[]", "OneFlag")]
    [InlineData(400, """{"errorCode":"PARSE_ERROR","errorDetails":"x","metadata":{}}""", "OneFlag")]
    [InlineData(400, """{"key":"a","errorCode":"PARSE_ERROR","errorDetails":"x"}""", "OneFlag")]
    [InlineData(400, """{"key":"a","errorCode":"GENERAL","errorDetails":"x","metadata":{}}""", "OneFlag")]
    [InlineData(404, Error, "OneFlag")]
    [InlineData(404, """{"errorCode":"FLAG_NOT_FOUND","errorDetails":"x","metadata":{}}""", "AllFlags")]
    [InlineData(413, Error, "OneFlag")]
    [InlineData(422, Error, "OneFlag")]
    [InlineData(304, "", "OneFlag")]
    [InlineData(304, "", "AllFlags")] // without a tag
    public void Check_NotAsSpecified_Refused(int status, string body, string question) =>
        Assert.Throws<MalformedResponseException>(() => Check(status, body, question));

    [Fact]
    public void Check_NotModifiedWithATag_Accepted() => OfrepRules.Check(Response(304, "", ("ETag", "\"a\"")), OfrepQuestion.AllFlags);

    private static void Check(int status, string body, string question) => OfrepRules.Check(Response(status, body), Enum.Parse<OfrepQuestion>(question));

    private static ParsedResponse Response(int status, string body, params (string Name, string Value)[] headers) =>
        new(status, [("Content-Type", body.Length > 0 ? "application/json" : "text/plain"), ("Date", "x"), .. headers], Encoding.UTF8.GetBytes(body), []);
}
