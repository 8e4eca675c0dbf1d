using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Configuration;

/// <summary>Problems name where a value came from, the value unless it is secret, and what is right.</summary>
public sealed class SettingProblemTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string FilePath => _directory.Combine("config.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void OfAFile_FileAndLine()
    {
        AssertProblem(
            "{\n  \"proxy_key\": \"proxy\",\n  \"server\": {\n    \"port\": \"many\"\n  }\n}",
            $"server.port: must be a whole number from 0 to 65535, not \"many\" ({FilePath}, line 4)");
    }

    [Fact]
    public void OfAnItem_ItsOwnLine()
    {
        AssertProblem(
            "{\n  \"environment_key_pairs\": [\n    {\"server_side_key\": \"a-secret\",\n     \"client_side_key\": \"x\"}]\n}",
            $"environment_key_pairs[0].server_side_key: must start with \"ser.\" ({FilePath}, line 3)");
    }

    [Fact]
    public void OfAVariable_ItsName()
    {
        AssertProblem("""{"proxy_key":"proxy","server":{"port":1}}""", "server.port: must be a whole number from 0 to 65535, not \"x\" (environment variable Server_Port)", ("Server_Port", "x"));
    }

    [Fact]
    public void OfAVariableWithJson_ItsName()
    {
        AssertProblem(
            """{"proxy_key":"proxy","logging":{"log_format":"json"}}""",
            "logging.log_level: must be one of CRITICAL, ERROR, WARNING, INFO, DEBUG, NOTSET, not \"LOUD\" (environment variable LOGGING)",
            ("LOGGING", """{"log_level":"LOUD"}"""));
    }

    [Fact]
    public void OfASecret_NoValue()
    {
        AssertProblem("""{"proxy_key":5}""", $"proxy_key: must be text ({FilePath}, line 1)");
    }

    [Fact]
    public void OfAUrlWithAPassword_NoValue()
    {
        AssertProblem(
            """{"proxy_key":"proxy","api_url":"https://user:secret@host/?q"}""", $"api_url: must be an http or https URL without a query ({FilePath}, line 1)");
    }

    [Theory]
    [InlineData("{\n  // where the API is\n  \"api_url\": \"https://a.example\"\n}", "is not a JSON object (line 2, byte 3): comments are not allowed")]
    [InlineData("{\n  \"api_url\": \"https://a.example\",\n}", "a comma before } or ] is not allowed")]
    [InlineData("", "is not a JSON object (line 1, byte 1): it is empty")]
    [InlineData("[]", "it is a list; settings are members of an object, { }")]
    public void OfTheFile_CommonMistakes_InWords(string content, string expected)
    {
        var sources = Read(content);

        Assert.Contains(expected, Assert.Single(sources.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfTheFile_ADirectory_SaysSo()
    {
        var sources = new SettingsSources(ProxySettings.Catalog);

        sources.AddFile(_directory.Path);

        Assert.Contains("is a directory, not a file", Assert.Single(sources.Problems).Message, StringComparison.Ordinal);
    }

    private void AssertProblem(string content, string expected, params (string Name, string Value)[] variables)
    {
        var sources = Read(content);
        sources.AddVariables(variables.ToDictionary(static variable => variable.Name, static variable => variable.Value));

        Assert.Equal(expected, ProxySettings.Bind(sources, demo: false).Problems[0].ToString());
    }

    private SettingsSources Read(string content)
    {
        File.WriteAllText(FilePath, content);
        var sources = new SettingsSources(ProxySettings.Catalog);
        sources.AddFile(FilePath);
        return sources;
    }
}
