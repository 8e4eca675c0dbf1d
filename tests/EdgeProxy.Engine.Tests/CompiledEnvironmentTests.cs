using System.Text;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests;

public sealed class CompiledEnvironmentTests
{
    private const string Document = """
        {
          "api_key": "key", "name": "Production", "updated_at": "2026-11-01T12:00:00Z", "project": { "segments": [7] },
          "feature_states": [{ "feature": { "id": 1, "name": "dashboard" }, "enabled": true, "feature_state_value": "classic" }]
        }
        """;

    [Fact]
    public void Compile_Document_ItsFactsFlagsAndProblems()
    {
        var environment = CompiledEnvironment.Compile(Encoding.UTF8.GetBytes(Document));

        Assert.Equal(("key", "Production", new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero)), (environment.Key, environment.Name, environment.UpdatedAt));
        Assert.Equal("classic", environment.Evaluate(new Identity("ada")).Flags["dashboard"].Value);
        Assert.Equal("$.project.segments[0]", Assert.Single(environment.Problems).Path);
        Assert.Contains("\"classic\"", Encoding.UTF8.GetString(environment.EnvironmentFlags(FlagAudience.Client).Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_Document_FlagAndSentence()
    {
        var environment = CompiledEnvironment.Compile(Encoding.UTF8.GetBytes(Document));

        var explained = Assert.Single(environment.Explain(new Identity("ada"), "dashboard").Flags);

        Assert.Equal("classic", explained.Flag.Value);
        Assert.Equal("on with \"classic\": the setting of the environment, which nothing overrides", explained.Summary);
        Assert.Empty(environment.Explain(feature: "another").Flags);
    }

    [Fact]
    public void Compile_NoEnvironmentDocument_DocumentException() =>
        Assert.Throws<EnvironmentDocumentException>(static () => CompiledEnvironment.Compile("[]"u8.ToArray()));

    [Fact]
    public void Compile_NullModel_ArgumentNull() =>
        Assert.Throws<ArgumentNullException>(static () => CompiledEnvironment.Compile((EnvironmentModel)null!));

    [Fact]
    public void Evaluate_WithoutIdentity_EnvironmentFlags() =>
        Assert.Null(CompiledEnvironment.Compile(Encoding.UTF8.GetBytes(Document)).Evaluate().Flags["dashboard"].Variant);
}
