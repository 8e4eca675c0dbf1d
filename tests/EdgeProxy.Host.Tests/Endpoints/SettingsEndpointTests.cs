using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Endpoints;

/// <summary>docs/spec/explain.md 7: the settings in effect, for operators.</summary>
public sealed class SettingsEndpointTests
{
    [Fact]
    public async Task Get_Configured_ValuesAndSourcesWithoutSecrets()
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        sources.Set("environment_key_pairs", JsonNode.Parse("""[{"server_side_key":"ser.a-long-secret","client_side_key":"a-client-side-key"}]""")!);
        sources.Set("fleet.store", JsonValue.Create("redis://user:a-long-password@store"));
        sources.Set("api_poll_frequency_seconds", JsonValue.Create(7));
        var configuration = ProxySettings.Bind(sources, demo: false);
        Assert.Empty(configuration.Problems);
        var text = Write(EffectiveSettings.Of(ProxySettings.Catalog, configuration.Settings, configuration.Origins));

        Assert.Contains("api_poll_frequency_seconds=7", text);
        Assert.Contains("limits.max_document_bytes=104857600 (default)", text);
        Assert.DoesNotContain(text, static line => line.Contains("a-long-", StringComparison.Ordinal) || line.Contains("side-key", StringComparison.Ordinal));
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        var answer = JsonNode.Parse(await proxy.Client.GetStringAsync("/proxy/settings"))!["settings"]!.AsArray();
        Assert.Equal(text.Count, answer.Count);
        Assert.All(answer, static setting => Assert.Null(setting!["source"])); // a proxy without a configuration
    }

    private static List<string> Write(EffectiveSettings settings) =>
        [.. settings.All.Select(static setting => $"{setting.Name}={setting.Value?.ToJsonString()}{(setting.Source is null && setting.Name.StartsWith("limits", StringComparison.Ordinal) ? " (default)" : "")}")];
}
