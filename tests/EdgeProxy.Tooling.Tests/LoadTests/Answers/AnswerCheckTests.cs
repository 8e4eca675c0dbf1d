using System.Text;
using System.Text.Json;
using EdgeProxy.LoadTests.Model.Answers;
using EdgeProxy.LoadTests.Model.Requests;

namespace EdgeProxy.Tooling.Tests.LoadTests.Answers;

/// <summary>Wrong answers are refused; that right ones are not, <see cref="LoadTestTests"/> shows with a real proxy.</summary>
public sealed class AnswerCheckTests
{
    private const string A = """{"feature":{"name":"a"},"enabled":true,"feature_state_value":1}""";
    private const string B = """{"feature":{"name":"b"},"enabled":false,"feature_state_value":null}""";
    private const string Document = """
        {"feature_states":[{"feature":{"name":"a"}},{"feature":{"name":"b"}}],"project":{"segments":[],"hide_disabled_flags":false}}
        """;

    private static readonly LoadRequest Flags = new(RequestKind.Flags, "/", "key");
    private static readonly LoadRequest Identity = new(RequestKind.Identities, "/", "key") { Identifier = "ada" };
    private static readonly LoadRequest WholeDocument = new(RequestKind.Document, "/", "key");
    private static readonly LoadRequest Unchanged = new(RequestKind.UnchangedDocument, "/", "key") { IfNoneMatch = "\"1\"" };

    [Theory]
    [InlineData($"[{A},{B}]", null)]
    [InlineData($"[{B},{A}]", null)]
    [InlineData($"[{A}]", "a flag is missing")]
    [InlineData("[]", "a flag is missing")]
    [InlineData($"[{A},{A}]", "a flag twice")]
    [InlineData($$"""[{{A}},{{B}},{"feature":{"name":"c"},"enabled":true,"feature_state_value":1}]""", "a flag that the environment does not have")]
    [InlineData("""[{"feature":{"name":"a"},"enabled":"yes","feature_state_value":1}]""", "a flag without name, state or value")]
    [InlineData("""[{"feature":{"name":"a"},"enabled":true}]""", "a flag without name, state or value")]
    [InlineData("""[{"feature":"a","enabled":true,"feature_state_value":1}]""", "a flag without name, state or value")]
    [InlineData("[null]", "a flag without name, state or value")]
    [InlineData("""{"detail":"Not Found"}""", "the flags are not a list")]
    [InlineData("", "the body is not JSON")]
    [InlineData($"[{A},", "the body is not JSON")]
    public void Flags_Body_IsChecked(string body, string? problem) => Assert.Equal(problem, ProblemOf(Flags, 200, body));

    [Theory]
    [InlineData($$"""{"identifier":"ada","traits":[],"flags":[{{A}},{{B}}]}""", null)]
    [InlineData($$"""{"identifier":"bob","traits":[],"flags":[{{A}},{{B}}]}""", "somebody else's answer")]
    [InlineData($$"""{"traits":[],"flags":[{{A}},{{B}}]}""", "somebody else's answer")]
    [InlineData($$"""{"identifier":1,"flags":[{{A}},{{B}}]}""", "somebody else's answer")]
    [InlineData($$"""{"identifier":"ada","flags":[{{A}}]}""", "a flag is missing")]
    [InlineData("""{"status":"unauthorized","message":"unknown key 'key'"}""", "an answer without flags")]
    [InlineData($"[{A},{B}]", "an answer without flags")]
    public void Identity_Body_IsChecked(string body, string? problem) => Assert.Equal(problem, ProblemOf(Identity, 200, body));

    [Theory]
    [InlineData(Document, "\"1\"", null)]
    [InlineData(Document, null, "a document without an entity tag")]
    [InlineData("""{"feature_states":[]}""", "\"1\"", "not an environment document")]
    [InlineData("""{"feature_states":[],"project":null}""", "\"1\"", "not an environment document")]
    [InlineData("[]", "\"1\"", "not an environment document")]
    public void Document_Body_IsChecked(string body, string? tag, string? problem) => Assert.Equal(problem, ProblemOf(WholeDocument, 200, body, tag));

    [Theory]
    [InlineData(304, "", null)]
    [InlineData(304, "{}", "a body where nothing changed")]
    [InlineData(200, Document, "status 200 where nothing changed")]
    [InlineData(503, "", "status 503 where nothing changed")]
    public void UnchangedDocument_Answer_IsChecked(int status, string body, string? problem) =>
        Assert.Equal(problem, ProblemOf(Unchanged, status, body));

    [Theory]
    [InlineData(401)]
    [InlineData(503)]
    [InlineData(304)]
    [InlineData(204)]
    public void Status_NotOk_IsAProblemWhateverTheBody(int status)
    {
        Assert.Equal($"status {status}", ProblemOf(Flags, status, $"[{A},{B}]"));
        Assert.Equal($"status {status}", ProblemOf(WholeDocument, status, Document, "\"1\""));
    }

    [Theory]
    [InlineData("""{"feature_states":[{"feature":{"name":"a"}},{"feature":{"name":"b"}}],"project":{"hide_disabled_flags":true}}""")]
    [InlineData("""{"feature_states":[{"feature":{"name":"a"}},{"feature":{"name":"b"}}],"hide_disabled_flags":true,"project":{}}""")]
    [InlineData("""{"feature_states":[{"feature":{"name":"a"}},{"feature":{"name":"b"}}],"project":{"server_key_only_feature_ids":[2]}}""")]
    public void Flags_OfAnEnvironmentThatHidesSome_MayBeMissingButNotStrange(string document)
    {
        Assert.Null(ProblemOf(Flags, 200, $"[{A}]", document: document));
        Assert.Equal("a flag that the environment does not have", ProblemOf(Flags, 200, $"[{A.Replace("\"a\"", "\"c\"", StringComparison.Ordinal)}]", document: document));
    }

    private static string? ProblemOf(LoadRequest request, int status, string body, string? tag = null, string document = Document)
    {
        using var parsed = JsonDocument.Parse(document);
        return new AnswerCheck(KnownFeatures.Read(parsed.RootElement)).ProblemOf(request, new LoadAnswer(status, Encoding.UTF8.GetBytes(body)) { Tag = tag });
    }
}
