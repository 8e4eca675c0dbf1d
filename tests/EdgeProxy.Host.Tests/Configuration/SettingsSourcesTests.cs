using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Tests.Configuration;

/// <summary>The sources of settings and their precedence (docs/spec/configuration.md 1).</summary>
public sealed class SettingsSourcesTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"edgeproxy-{Guid.NewGuid():N}.json");
    private readonly SettingsSources _sources = new(ProxySettings.Catalog);

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void AddVariables_OverAFile_VariablesAreStronger()
    {
        AddFile("""{"api_url":"https://file.example","server":{"host":"127.0.0.1","port":1},"logging":{"log_level":"ERROR"}}""");

        AddVariables(("api_url", "https://variable.example"), ("SERVER_PORT", "9000"), ("LOGGING", """{"log_format":"json"}"""));

        AssertTree("""{"api_url":"https://variable.example","server":{"host":"127.0.0.1","port":"9000"},"logging":{"log_level":"ERROR","log_format":"json"}}""");
    }

    [Fact]
    public void AddFile_MembersOfOneName_TheLastCounts()
    {
        AddFile("""{"api_url":"https://first.example","server":{"port":1,"port":2},"api_url":"https://last.example"}""");

        AssertTree("""{"api_url":"https://last.example","server":{"port":2}}""");
    }

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"api_url":"\ud800"}""")]
    public void AddFile_HalfOfASurrogatePair_AProblem(string content)
    {
        AddFile(content);

        Assert.Single(_sources.Problems);
    }

    [Fact]
    public void AddVariables_JsonAndFlattened_FlattenedIsStronger()
    {
        AddVariables(("Server", """{"port":1,"host":"h"}"""), ("Server_Port", "2"));

        AssertTree("""{"server":{"port":"2","host":"h"}}""");
    }

    [Fact]
    public void AddVariables_KeyPairsAsJson_AList()
    {
        AddVariables(("ENVIRONMENT_KEY_PAIRS", """[{"server_side_key":"ser.a","client_side_key":"a"}]"""));

        Assert.Equal(
            [new EnvironmentKeyPairOptions("ser.a", "a")], ProxySettings.Bind(_sources, demo: false).Options.EnvironmentKeyPairs);
    }

    [Theory]
    [InlineData("ALLOW_ORIGINS", "https://a.example", """{"allow_origins":"https://a.example"}""")]
    [InlineData("ALLOW_ORIGINS", """["https://a.example","https://b.example"]""", """{"allow_origins":["https://a.example","https://b.example"]}""")]
    [InlineData("HEALTH_CHECK_ENVIRONMENT_UPDATE_GRACE_PERIOD_SECONDS", "5", """{"health_check":{"environment_update_grace_period_seconds":"5"}}""")]
    [InlineData("ENVIRONMENT_DOCUMENTS", """["a.json"]""", """{"environment_documents":["a.json"]}""")]
    [InlineData("LOGGING_OVERRIDE", """{"handlers":{}}""", """{"logging":{"override":{"handlers":{}}}}""")]
    [InlineData("HEALTH_CHECK_READINESS", """["a","b"]""", """{"health_check":{"readiness":["a","b"]}}""")]
    [InlineData("SERVER_ADMIN_TOKEN", "{token", """{"server":{"admin_token":"{token"}}""")]
    [InlineData("PATH", "/bin", "{}")]
    public void AddVariables_One_Set(string name, string value, string expected)
    {
        AddVariables((name, value));

        AssertTree(expected);
    }

    [Theory]
    [InlineData("LOGGING", "loud", "logging: must be JSON, such as {\"name\": \"value\"}, not loud (environment variable LOGGING)")]
    [InlineData("ENVIRONMENT_KEY_PAIRS", "[{", "environment_key_pairs: must be JSON, such as {\"name\": \"value\"} (environment variable ENVIRONMENT_KEY_PAIRS)")]
    [InlineData("SERVER", "secret", "server: must be JSON, such as {\"name\": \"value\"} (environment variable SERVER)")] // server.admin_token
    [InlineData("LOGGING_OVERRIDE", "{\"a\":1,}", "logging.override: must be JSON, such as {\"name\": \"value\"}, not {\"a\":1,}: a comma before } or ] is not allowed (environment variable LOGGING_OVERRIDE)")]
    public void AddVariables_NotJson_AProblemWithVariableAndValueUnlessSecret(string name, string value, string expected)
    {
        AddVariables((name, value));

        Assert.Equal(expected, Assert.Single(_sources.Problems).ToString());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    public void AddFile_NotAnObject_AProblemThatNamesTheFile(string content)
    {
        AddFile(content);

        Assert.Equal(_file, Assert.Single(_sources.Problems).Path);
    }

    [Fact]
    public void AddFile_Missing_AWarning()
    {
        _sources.AddFile(_file);

        Assert.Empty(_sources.Problems);
        Assert.Contains(_file, Assert.Single(_sources.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void AddVariables_NamesThatDifferByCaseOnly_UpperCaseWins()
    {
        AddVariables(("http_proxy", "http://a.example"), ("HTTP_PROXY", "http://a.example"), ("server_port", "1"), ("Server_Port", "2"), ("SERVER_PORT", "3"));

        AssertTree("""{"server":{"port":"3"}}""");
    }

    private void AddFile(string content)
    {
        File.WriteAllText(_file, content);
        _sources.AddFile(_file);
    }

    private void AddVariables(params (string Name, string Value)[] variables) =>
        _sources.AddVariables(variables.ToDictionary(static variable => variable.Name, static variable => variable.Value));

    private void AssertTree(string expected) => AssertJson.Equal(expected, _sources.Tree.ToJsonString());
}
