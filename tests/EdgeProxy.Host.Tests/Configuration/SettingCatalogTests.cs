using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.AccessLogging;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Tests.Configuration;

/// <summary>The catalog describes settings as the binder reads them.</summary>
public sealed class SettingCatalogTests
{
    public static TheoryData<string> Used => [.. ProxySettings.Catalog.All.Where(static setting => setting.Support == SettingSupport.Used).Select(static setting => setting.Name)];

    [Theory]
    [MemberData(nameof(Used))]
    public void Default_GivenExplicitly_TheSameAsNotGiven(string name)
    {
        var setting = Find(name);
        if (setting.Default is null)
        {
            return; // there is nothing to give
        }

        var given = Bind(name, setting.Default);

        Assert.Empty(given.Problems);
        Assert.Equal(Render(Bind(null, null).Options), Render(given.Options));
    }

    [Theory]
    [MemberData(nameof(Used))]
    public void Value_OfTheWrongKind_AProblemAtItsPath(string name)
    {
        var wrong = Find(name).Form is EnvironmentKeyPairsForm or EnvironmentDocumentsForm or ReadinessForm or ListForm ? new JsonArray(new JsonArray()) : (JsonNode)new JsonArray(new JsonObject());

        var problem = Assert.Single(Bind(name, wrong).Problems);

        Assert.StartsWith(name, problem.Path, StringComparison.Ordinal);
        Assert.StartsWith("must ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Used))]
    public void Value_AtAndBeyondItsBounds_TakenAndRefused(string name)
    {
        // The address of a store is a text with a check of its own.
        var (good, bad) = name == "fleet.store" ? (["\"redis://a.example\""], ["\"a.example\"", "5"]) : Samples(Plain(Find(name).Form));

        foreach (var value in good)
        {
            // Listeners of operators need a token, and the hold a sample.
            var tree = Tree(name, JsonNode.Parse(value));
            if (name == "changes.hold_above_percent")
            {
                tree["changes"]!["sample_identities"] = 1;
            }

            if (name.StartsWith("operators.", StringComparison.Ordinal))
            {
                tree["server"] = new JsonObject { ["admin_token"] = "token" };
            }

            Assert.Empty(Bind(tree).Problems);
        }

        foreach (var value in bad)
        {
            Assert.NotEmpty(Bind(name, JsonNode.Parse(value)).Problems);
        }
    }

    [Fact]
    public void Hold_WithoutASample_AProblem() =>
        Assert.Equal("changes.hold_above_percent", Assert.Single(Bind("changes.hold_above_percent", JsonValue.Create(10)).Problems).Path);

    [Theory]
    [MemberData(nameof(Used))]
    public void Alias_Given_WeakerThanTheName(string name)
    {
        var setting = Find(name);
        if (setting.Aliases.Count == 0)
        {
            return; // most have none
        }

        var (weak, strong) = setting.Form is BooleanForm ? ((JsonNode)true, (JsonNode)false) : (99, 42);
        var tree = new JsonObject { [setting.Aliases[0]] = weak.DeepClone(), [name] = strong.DeepClone() };
        Assert.Equal(Render(Bind(name, strong.DeepClone()).Options), Render(Bind(tree).Options));
        Assert.NotEqual(Render(Bind(name, strong).Options), Render(Bind(setting.Aliases[0], weak).Options));
    }

    [Fact]
    public void Names_AllOfThem_Different()
    {
        Assert.Equal(ProxySettings.Catalog.Names.Count, ProxySettings.Catalog.Names.Distinct().Count());
    }

    [Theory]
    [InlineData("api_uri", "api_url")]
    [InlineData("server.prot", "server.port")]
    [InlineData("enviroment_key_pairs", "environment_key_pairs")]
    [InlineData("log_level", "logging.log_level")]
    [InlineData("logging.level", "logging.log_level")]
    [InlineData("server.api_url", "api_url")]
    [InlineData("completely_different", null)]
    public void Nearest_OfAMisspelledName(string name, string? expected)
    {
        Assert.Equal(expected, ProxySettings.Catalog.Nearest(name));
    }

    private static (string[] Good, string[] Bad) Samples(SettingForm form) => form switch
    {
        IntegerForm integer => ([$"{integer.Min}", $"{integer.Max}", $"\"{integer.Min}\""], [$"{integer.Min - 1}", $"{integer.Max + 1}", "1.5", "\"x\""]),
        SecondsForm { IsZeroAllowed: true } => (["0", "0.5", $"{SecondsForm.Max}"], ["-1", $"{SecondsForm.Max + 1}", "\"x\""]),
        SecondsForm => (["0.001", $"{SecondsForm.Max}"], ["0", "-1", $"{SecondsForm.Max + 1}", "\"x\""]),
        IChoiceForm choice => ([.. choice.Words.SelectMany(static word => new[] { $"\"{word}\"", $"\"{word.ToLowerInvariant()}\"" })], ["\"other\"", "5"]),
        UrlForm => (["\"http://a.example/\"", "\"https://a.example/b\""], ["\"a.example\"", "\"http://a.example/?b\"", "5"]),
        TextForm => (["\"/x\""], ["5", "true"]),
        BooleanForm => (["true", "false", "\"true\"", "\"False\"", "\"YES\"", "\"off\"", "\"y\"", "\"T\"", "\"1\"", "0", "1"], ["5", "\"x\""]),
        BulkIdentitiesForm => (["\"auto\"", "true", "\"false\""], ["\"x\"", "5", "[]"]),
        LogSinksForm => (["{}"], ["5"]),
        TrustedPeersForm => (["[\"10.0.0.0/8\",\"::1\"]", "\"*\"", "\"127.0.0.1, fd00::/8\""], ["[5]", "5", "\"x\"", "\"10.0.0.0/40\""]),
        ListForm or ReadinessForm => (["[\"x\"]", "\"x\"", "[\"x\",\"y\"]"], ["[5]", "5"]),
        EnvironmentDocumentsForm => (["[\"x\"]", "\"x\"", "[{\"path\":\"x\"}]"], ["[5]", "[{}]", "5"]),
        _ => (["[{\"server_side_key\":\"ser.x\",\"client_side_key\":\"y\"}]"], ["[\"x\"]", "[{}]", "5"]),
    };

    /// <summary>The form of a value that may be null, without that.</summary>
    private static SettingForm Plain(SettingForm form) => (form as IOptionalForm)?.Inner ?? form;

    private static Setting Find(string name) => ProxySettings.Catalog.All.Single(setting => setting.Name == name);

    private static ConfigurationResult Bind(string? name, JsonNode? value) => Bind(name is null ? [] : Tree(name, value));

    private static JsonObject Tree(string name, JsonNode? value)
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        sources.Set(name, value);
        return sources.Tree;
    }

    private static ConfigurationResult Bind(JsonObject tree)
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        sources.Set("environment_key_pairs", JsonNode.Parse("""[{"server_side_key":"ser.abc","client_side_key":"abc"}]"""));
        foreach (var (name, value) in tree)
        {
            sources.Set(name, value?.DeepClone());
        }

        return ProxySettings.Bind(sources, demo: false);
    }

    /// <summary>Options as text; lists by what is in them.</summary>
    private static string Render(ProxyOptions options) => System.Text.Json.JsonSerializer.Serialize(options);
}
