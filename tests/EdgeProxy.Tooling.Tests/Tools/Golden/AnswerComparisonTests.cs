using System.Text.Json;
using EdgeProxy.Tools.Golden;

namespace EdgeProxy.Tooling.Tests.Tools.Golden;

public sealed class AnswerComparisonTests
{
    private const string Flag = """{"feature":{"id":1},"enabled":true,"feature_state_value":1}""";

    [Theory]
    [InlineData("""{"traits":[],"flags":[{"feature_state_value":1.0,"enabled":true,"feature":{"id":1}}]}""")]
    [InlineData("""{"flags":[{"feature":{"id":1},"enabled":true,"feature_state_value":1,"variant":null,"reason":"DEFAULT"}],"traits":[]}""")]
    [InlineData("""{"flags":[{"feature":{"id":1},"enabled":true,"feature_state_value":1,"variant":"a","reason":"SPLIT","metadata":{"x":1}}],"traits":[]}""")]
    public void FindDifference_SameRecordedMembers_None(string body) => Assert.Null(Compare(body));

    [Theory]
    [InlineData("""{"flags":[{"feature":{"id":1},"enabled":true,"feature_state_value":2}],"traits":[]}""", "$.flags[0].feature_state_value is 2, expected 1")]
    [InlineData("""{"flags":[{"feature":{"id":1},"enabled":true,"feature_state_value":true}],"traits":[]}""", "$.flags[0].feature_state_value is true, expected 1")]
    [InlineData("""{"flags":[{"feature":{"id":1},"enabled":true}],"traits":[]}""", "$.flags[0].feature_state_value is missing")]
    [InlineData("""{"flags":[],"traits":[]}""", "$.flags has 0 items, expected 1")]
    [InlineData("""{"flags":[{"feature":{"id":1},"enabled":true,"feature_state_value":1,"colour":1}],"traits":[]}""", "$.flags[0].colour is not expected")]
    [InlineData("""{"flags":[{"feature":{"id":1,"variant":null},"enabled":true,"feature_state_value":1}],"traits":[]}""", "$.flags[0].feature.variant is not expected")]
    [InlineData("""{"flags":[{"feature":{"id":1},"enabled":true,"feature_state_value":1,"variant":5}],"traits":[]}""", "$.flags[0].variant is not expected")]
    [InlineData("""{"flags":[{"feature":{"id":1},"enabled":true,"feature_state_value":1,"reason":null}],"traits":[]}""", "$.flags[0].reason is not expected")]
    [InlineData("not JSON", "the body is not JSON: not JSON")]
    public void FindDifference_AnythingElse_SaysWhere(string body, string expected) => Assert.Equal(expected, Compare(body));

    [Theory]
    [InlineData("variant", "null")]
    [InlineData("reason", "\"DEFAULT\"")]
    [InlineData("metadata", "{}")]
    public void FindDifference_DetailsWhereStrict_SaysWhere(string name, string value) => Assert.Equal(
        $"$.flags[0].{name} is not expected",
        Compare($$"""{"flags":[{{Flag[..^1]}},"{{name}}":{{value}}}],"traits":[]}""", isStrict: true));

    [Fact]
    public void FindDifference_DetailsInAnswersOfFlags_SaysWhere() =>
        Assert.Equal("$[0].reason is not expected", Compare($$"""[{{Flag[..^1]}},"reason":"DEFAULT"}]""", "/api/v1/flags/", $"[{Flag}]"));

    [Fact]
    public void FindDifference_OtherStatus_SaysSo() => Assert.Equal("status 503, expected 200: {}", Compare("{}", status: 503));

    private static string? Compare(string body, string target = "/api/v1/identities/?identifier=x", string? recorded = null, int status = 200, bool isStrict = false)
    {
        using var json = JsonDocument.Parse(recorded ?? $$"""{"flags":[{{Flag}}],"traits":[]}""");
        return AnswerComparison.FindDifference(new RecordedExchange("GET", target, "key", Body: null, 200, json.RootElement), status, body, isStrict);
    }
}
