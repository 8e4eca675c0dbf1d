using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Documents;

/// <summary>Environment documents (docs/spec/evaluation.md 1), invalid parts included.</summary>
public sealed partial class EnvironmentDocumentReaderTests
{
    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON (line 1, byte 2)")]
    [InlineData("{}x", "not valid JSON")]
    [InlineData("[]", "$ is not an object")]
    [InlineData("null", "$ is not an object")]
    [InlineData("{}", "$.api_key is missing")]
    [InlineData("""{"api_key":1,"feature_states":[],"project":{}}""", "$.api_key is not a string")]
    [InlineData("""{"api_key":null,"feature_states":[],"project":{}}""", "$.api_key is not a string")]
    [InlineData("""{"api_key":"k","project":{}}""", "$.feature_states is missing")]
    [InlineData("""{"api_key":"k","feature_states":null,"project":{}}""", "$.feature_states is not an array")]
    [InlineData("""{"api_key":"k","feature_states":{},"project":{}}""", "$.feature_states is not an array")]
    [InlineData("""{"api_key":"k","feature_states":[]}""", "$.project is missing")]
    [InlineData("""{"api_key":"k","feature_states":[],"project":[]}""", "$.project is not an object")]
    [InlineData("""{"api_key":"\ud800","feature_states":[],"project":{}}""", "$.api_key holds half of a surrogate pair")]
    [InlineData("""{"api_key":"k","feature_states":[],"project":{},"\ud800":1}""", "$ has a member whose name holds half of a surrogate pair")]
    [InlineData("""{"api_key":"k","feature_states":[],"project":{},"\ud800entity_overrides":[{}]}""", "$ has a member whose name holds half of a surrogate pair")]
    public void Read_NotADocument_RefusedWithWhatAndWhere(string document, string expected)
    {
        var exception = Assert.Throws<EnvironmentDocumentException>(() => Compile(document));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InvalidUtf8_Refused()
    {
        var document = Encoding.UTF8.GetBytes(Minimal().ToJsonString()).ToList();
        document.InsertRange(document.IndexOf((byte)'k') + 1, [0xC3, 0x28]);

        Assert.Throws<EnvironmentDocumentException>(() => EnvironmentCompiler.Compile(document.ToArray()));
    }

    [Fact]
    public void Read_TruncatedAnywhere_Refused()
    {
        var document = Encoding.UTF8.GetBytes(Minimal(State("a")).ToJsonString());
        for (var length = 0; length < document.Length; length++)
        {
            Assert.Throws<EnvironmentDocumentException>(() => EnvironmentCompiler.Compile(document.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Read_OnlyWhatMustBeThere_AnEmptyEnvironment()
    {
        var (snapshot, problems) = Compile("""{"api_key":"k","feature_states":[],"project":{}}""");

        Assert.Empty(problems);
        Assert.Equal("k", snapshot.Key);
        Assert.Equal("", snapshot.Name);
        Assert.Null(snapshot.UpdatedAt);
        Assert.True(snapshot.AllowClientTraits);
        Assert.True(snapshot.UseClientTraits);
        Assert.True(snapshot.PersistTraitData);
        Assert.False(snapshot.HideSensitiveData);
        Assert.Empty(snapshot.Evaluate(new Identity("x")).Flags);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, false)]
    public void Read_ClientTraits_EvaluatedAsTheirOwnSettingSays(bool allowed, bool? inEvaluation, bool used)
    {
        var document = Minimal(State("a"));
        document["allow_client_traits"] = allowed;
        document["allow_client_traits_in_evaluation"] = inEvaluation;

        var snapshot = Compile(document.ToJsonString()).Snapshot;

        Assert.Equal((allowed, used), (snapshot.AllowClientTraits, snapshot.UseClientTraits));
    }

    [Theory]
    [InlineData("""{"persist_trait_data":false}""", false, 0)]
    [InlineData("""{"persist_trait_data":true}""", true, 0)]
    [InlineData("""{"persist_trait_data":null}""", true, 0)]
    [InlineData("""{"persist_trait_data":"no"}""", true, 1)]
    [InlineData("{}", true, 0)]
    [InlineData("null", true, 0)]
    [InlineData("[]", true, 0)]
    public void Read_OrganisationThatStoresNoTraits_Known(string organisation, bool persists, int problems)
    {
        var document = Minimal(State("a"));
        document["project"]!["organisation"] = JsonNode.Parse(organisation);

        var compiled = Compile(document.ToJsonString());

        Assert.Equal((persists, problems), (compiled.Snapshot.PersistTraitData, compiled.Problems.Count));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("updated_at")]
    [InlineData("identity_overrides")]
    [InlineData("hide_disabled_flags")]
    [InlineData("allow_client_traits")]
    [InlineData("allow_client_traits_in_evaluation")]
    [InlineData("hide_sensitive_data")]
    public void Read_OptionalMemberMissingOrNull_NoProblem(string name)
    {
        var document = Minimal(State("a"));
        document.Remove(name);
        Assert.Empty(Compile(document.ToJsonString()).Problems);

        document[name] = null;
        Assert.Empty(Compile(document.ToJsonString()).Problems);
    }

    [Theory]
    [InlineData("2026-01-24T10:00:00.123456Z", "2026-01-24T10:00:00.1234560+00:00")]
    [InlineData("2023-07-14 16:12:00.000000", "2023-07-14T16:12:00.0000000+00:00")]
    [InlineData("2026-01-24T10:00:00+02:00", "2026-01-24T08:00:00.0000000+00:00")]
    [InlineData("yesterday", null)]
    [InlineData(null, null)]
    public void Read_UpdatedAt_ATimeOrNone(string? text, string? expected)
    {
        var document = Minimal();
        document["updated_at"] = text;

        var (snapshot, problems) = Compile(document.ToJsonString());

        Assert.Empty(problems);
        Assert.Equal(expected, snapshot.UpdatedAt?.ToString("o"));
    }

    private static CompilationResult Compile(string document) => EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(document));

    private static JsonObject Minimal(params JsonNode[] states) => new()
    {
        ["api_key"] = "k",
        ["name"] = "Name",
        ["feature_states"] = new JsonArray([.. states.Select(static state => state.DeepClone())]),
        ["identity_overrides"] = new JsonArray(),
        ["project"] = new JsonObject { ["segments"] = new JsonArray() },
    };

    private static JsonObject State(string name, string value = "own") => new()
    {
        ["feature"] = new JsonObject { ["id"] = 1, ["name"] = name, ["type"] = "STANDARD" },
        ["enabled"] = false,
        ["feature_state_value"] = value,
        ["featurestate_uuid"] = "58555db3-6206-4852-99a8-27a1e7916103",
        ["django_id"] = 12,
    };
}
