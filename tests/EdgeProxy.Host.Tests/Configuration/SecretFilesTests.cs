using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Configuration;

/// <summary>Secrets that are given as files.</summary>
public sealed class SecretFilesTests : IDisposable
{
    private const string Pairs = """[{"server_side_key":"ser.abc","client_side_key":"abc"}]""";

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Secrets => [.. ProxySettings.Catalog.All.Where(static setting => setting.IsSecret).Select(static setting => setting.Name)];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Read_EverySecret_AsIfItWereGivenItself(string name)
    {
        var isPairs = name == "environment_key_pairs";
        var value = isPairs ? Pairs : name == "fleet.store" ? "redis://:a-secret@localhost" : "a-secret";
        var file = Write(name, value + "\n");
        var given = Bind((name, isPairs ? JsonNode.Parse(value) : JsonValue.Create(value)));

        var read = Bind(($"{name}_file", JsonValue.Create(file)));

        Assert.DoesNotContain(read.Problems, static problem => problem.Path != "environment_key_pairs");
        Assert.Empty(read.Warnings);
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(given.Options), System.Text.Json.JsonSerializer.Serialize(read.Options));
        Assert.Contains(file, read.Files);
    }

    [Fact]
    public void Read_ByVariable_Taken()
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        sources.AddVariables(new Dictionary<string, string> { ["PROXY_KEY_FILE"] = Write("key", " proxy ") });

        Assert.Equal("proxy", ProxySettings.Bind(sources, demo: false).Options.Upstream.ProxyKey);
    }

    [Fact]
    public void Read_ValueFromAStrongerSource_TheValue()
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        sources.Set("proxy_key_file", Write("key", "of-the-file"), new SettingSource(SettingStrength.File, "config.json"));
        sources.AddVariables(new Dictionary<string, string> { ["PROXY_KEY"] = "of-the-variable" });

        var result = ProxySettings.Bind(sources, demo: false);

        Assert.Empty(result.Problems);
        Assert.Equal("of-the-variable", result.Options.Upstream.ProxyKey);
    }

    [Fact]
    public void Read_FileFromAStrongerSource_TheFile()
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        sources.Set("proxy_key", "of-the-file", new SettingSource(SettingStrength.File, "config.json"));
        sources.AddVariables(new Dictionary<string, string> { ["PROXY_KEY_FILE"] = Write("key", "of-the-variable") });

        Assert.Equal("of-the-variable", ProxySettings.Bind(sources, demo: false).Options.Upstream.ProxyKey);
    }

    [Fact]
    public void Read_BothFromOneSource_AProblem()
    {
        var problem = Assert.Single(Bind(("proxy_key", "a"), ("proxy_key_file", Write("key", "b"))).Problems);

        Assert.Equal("proxy_key_file", problem.Path);
        Assert.Contains("set one of them", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proxy_key_file", null, "cannot be read: there is no such file")]
    [InlineData("proxy_key_file", " \n", "is empty")]
    [InlineData("environment_key_pairs_file", "{a-secret", "is not valid JSON")]
    public void Read_Unusable_AProblemThatNamesTheFileAndNoContent(string name, string? content, string expected)
    {
        var file = content is null ? _directory.Combine("missing") : Write("secret", content);

        var problem = Bind((name, file), ("environment_documents", new JsonArray("x.json"))).Problems[0];

        Assert.Equal(name, problem.Path);
        Assert.Contains($"{file} {expected}", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ADirectory_SaysSo()
    {
        Assert.Contains(
            Bind(("proxy_key_file", _directory.Path)).Problems, static problem => problem.Message.Contains("is a directory, not a file", StringComparison.Ordinal));
    }

    private string Write(string name, string content)
    {
        var file = _directory.Combine(name);
        File.WriteAllText(file, content);
        return file;
    }

    private static ConfigurationResult Bind(params (string Name, JsonNode? Value)[] settings)
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        foreach (var (name, value) in settings)
        {
            sources.Set(name, value);
        }

        return ProxySettings.Bind(sources, demo: false);
    }
}
