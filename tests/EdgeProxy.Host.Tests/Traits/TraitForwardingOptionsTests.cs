using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Tests.Traits;

public sealed class TraitForwardingOptionsTests
{
    private const string Keys = """
        "environment_key_pairs":[{"server_side_key":"ser.a","client_side_key":"a"}]
        """;

    [Fact]
    public void Bind_Nothing_Off() => Assert.False(Bind($$"""{{{Keys}}}""").Options.Traits.IsEnabled);

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"False\"", false)]
    public void Bind_Everything_Taken(string bulk, bool isAlways)
    {
        var result = Bind($$"""
            {{{Keys}},"trait_forwarding":{"enabled":true,"identities":"ALL","max_per_second":7,"max_concurrent":3,"queue_size":5,"dedupe_ttl_seconds":0,"dedupe_size":9,"bulk_identities":{{bulk}} } }
            """);

        Assert.Empty(result.Problems);
        Assert.Empty(result.Warnings);
        Assert.Equal(
            new TraitForwardingOptions
            {
                IsEnabled = true,
                Identities = ForwardedIdentities.All,
                MaxPerSecond = 7,
                MaxConcurrent = 3,
                QueueSize = 5,
                DedupeLifetime = TimeSpan.Zero,
                DedupeSize = 9,
                BulkIdentities = isAlways ? BulkIdentities.Always : BulkIdentities.Never,
            },
            result.Options.Traits);
    }

    [Theory]
    [InlineData("""{"identities":"some"}""", "trait_forwarding.identities: must be one of with_traits, all, not \"some\"")]
    [InlineData("""{"bulk_identities":"perhaps"}""", "trait_forwarding.bulk_identities: must be auto, true or false, not \"perhaps\"")]
    [InlineData("""{"max_per_second":0}""", "trait_forwarding.max_per_second: must be a whole number from 1 to 100000")]
    public void Bind_Unusable_SaysWhatAndWhere(string forwarding, string problem) =>
        Assert.StartsWith(problem, Assert.Single(Bind($$"""{{{Keys}},"trait_forwarding":{{forwarding}}}""").Problems).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Bind_OnlyEnvironmentsFromFiles_Refused()
    {
        const string Problem = "trait_forwarding.enabled: needs an environment that is fetched from the API: nothing is sent for environments that are served from files";

        Assert.Equal(Problem, Assert.Single(Bind("""{"trait_forwarding":{"enabled":true}}""", demo: true).Problems).ToString());
        Assert.Equal(Problem, Assert.Single(Bind("""{"environment_documents":["/a.json"],"trait_forwarding":{"enabled":true}}""").Problems).ToString());
        Assert.Empty(Bind("""{"environment_documents":["/a.json"],"trait_forwarding":{"enabled":false}}""").Problems);
        Assert.Empty(Bind("""{"proxy_key":"p","trait_forwarding":{"enabled":true}}""", demo: true).Problems);
    }

    private static ConfigurationResult Bind(string json, bool demo = false)
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        foreach (var (name, value) in JsonNode.Parse(json)!.AsObject())
        {
            sources.Set(name, value?.DeepClone());
        }

        return ProxySettings.Bind(sources, demo);
    }
}
