using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Configuration.Catalog;

namespace EdgeProxy.Host.Tests.Configuration;

/// <summary>What the catalog says of a setting is what the binder does.</summary>
public sealed class SettingCatalogTests
{
    public static TheoryData<string> Used => [.. SettingCatalog.All.Where(static setting => setting.Support == SettingSupport.Used).Select(static setting => setting.Name)];

    [Theory]
    [MemberData(nameof(Used))]
    public void Default_GivenExplicitly_TheSameAsNotGiven(string name)
    {
        var setting = Find(name);
        if (setting.Default is null)
        {
            return; // there is nothing to give
        }

        var given = Bind(name, setting.DefaultNode());

        Assert.Empty(given.Problems);
        Assert.Equal(Render(Bind(null, null).Options), Render(given.Options));
    }

    [Theory]
    [MemberData(nameof(Used))]
    public void Value_OfTheWrongKind_AProblemAtItsPath(string name)
    {
        var wrong = Find(name).Form is ObjectsForm or ListForm ? new JsonArray(new JsonArray()) : (JsonNode)new JsonArray(new JsonObject());

        var problem = Assert.Single(Bind(name, wrong).Problems);

        Assert.StartsWith(name, problem.Path, StringComparison.Ordinal);
        Assert.StartsWith("must ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Used))]
    public void Value_AtAndBeyondItsBounds_TakenAndRefused(string name)
    {
        var (good, bad) = Samples(Find(name).Form);

        foreach (var value in good)
        {
            Assert.Empty(Bind(name, JsonNode.Parse(value)).Problems);
        }

        foreach (var value in bad)
        {
            Assert.NotEmpty(Bind(name, JsonNode.Parse(value)).Problems);
        }
    }

    [Theory]
    [MemberData(nameof(Used))]
    public void Alias_Given_WeakerThanTheName(string name)
    {
        var setting = Find(name);
        if (setting.Alias is null)
        {
            return; // most have none
        }

        var (weak, strong) = setting.Form is BooleanForm ? ((JsonNode)true, (JsonNode)false) : (99, 42);
        var tree = new JsonObject { [setting.Alias] = weak.DeepClone(), [name] = strong.DeepClone() };
        Assert.Equal(Render(Bind(name, strong.DeepClone()).Options), Render(Bind(tree).Options));
        Assert.NotEqual(Render(Bind(name, strong).Options), Render(Bind(setting.Alias, weak).Options));
    }

    [Fact]
    public void Names_AllOfThem_Different()
    {
        Assert.Equal(SettingCatalog.Names.Count, SettingCatalog.Names.Distinct().Count());
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
        Assert.Equal(expected, NearestName.Of(name));
    }

    private static (string[] Good, string[] Bad) Samples(SettingForm form) => form switch
    {
        IntegerForm integer => ([$"{integer.Least}", $"{integer.Most}", $"\"{integer.Least}\""], [$"{integer.Least - 1}", $"{integer.Most + 1}", "1.5", "\"x\""]),
        SecondsForm { ZeroAllowed: true } => (["0", "0.5", $"{SecondsForm.Most}"], ["-1", $"{SecondsForm.Most + 1}", "\"x\""]),
        SecondsForm => (["0.001", $"{SecondsForm.Most}"], ["0", "-1", $"{SecondsForm.Most + 1}", "\"x\""]),
        ChoiceForm choice => ([.. choice.Words.SelectMany(static word => new[] { $"\"{word}\"", $"\"{word.ToLowerInvariant()}\"" })], ["\"other\"", "5"]),
        TextForm { IsUrl: true } => (["\"http://a.example/\"", "\"https://a.example/b\""], ["\"a.example\"", "\"http://a.example/?b\"", "5"]),
        TextForm => (["\"x\""], ["5", "true"]),
        BooleanForm => (["true", "false", "\"true\"", "\"False\""], ["5", "\"x\""]),
        AnyForm => (["{}"], ["5"]),
        ListForm { IsAddresses: true } => (["[\"10.0.0.0/8\",\"::1\"]", "\"*\"", "\"127.0.0.1, fd00::/8\""], ["[5]", "5", "\"x\"", "\"10.0.0.0/40\""]),
        ListForm => (["[\"x\"]", "\"x\"", "[\"x\",\"y\"]"], ["[5]", "5"]),
        ObjectsForm { OrText: true } => (["[\"x\"]", "\"x\"", "[{\"path\":\"x\"}]"], ["[5]", "[{}]", "5"]),
        _ => (["[{\"server_side_key\":\"ser.x\",\"client_side_key\":\"y\"}]"], ["[\"x\"]", "[{}]", "5"]),
    };

    private static Setting Find(string name) => SettingCatalog.All.Single(setting => setting.Name == name);

    private static ConfigurationResult Bind(string? name, JsonNode? value)
    {
        var sources = new SettingsSources();
        if (name is not null)
        {
            sources.Set(name, value);
        }

        return Bind(sources.Tree);
    }

    private static ConfigurationResult Bind(JsonObject tree)
    {
        var sources = new SettingsSources();
        sources.Set("environment_key_pairs", JsonNode.Parse("""[{"server_side_key":"ser.abc","client_side_key":"abc"}]"""));
        foreach (var (name, value) in tree)
        {
            sources.Set(name, value?.DeepClone());
        }

        return OptionsBinder.Bind(sources, demo: false);
    }

    /// <summary>Options as text; lists by what is in them.</summary>
    private static string Render(ProxyOptions options) => System.Text.Json.JsonSerializer.Serialize(options);
}
