using System.Text;
using EdgeProxy.Host.Commands.Checks;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Commands.Checks;

/// <summary>The check of a proxy key: its config, and the documents of its environments.</summary>
public sealed class KeyCheckTests
{
    private const int Well = 0;
    private const int Warnings = 1;
    private const int Failures = 2;

    [Fact]
    public async Task ProxyKey_Right_EnvironmentsThatItGivesAreChecked()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("b-long-client-key", ProxyConfigs.Key("ser.b-long-secret-key")));
        Serve(upstream, "ser.b-long-secret-key", "b-long-client-key");

        var (code, text) = await CheckAsync(upstream);

        Assert.Contains("proxy_key key-of-t…: OK, gives 1 environment: \"Name of b-long-client-key\"", text, StringComparison.Ordinal);
        Assert.Contains("environment ser.b-lo…: OK, \"Test\" with 4 features", text, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeUpstream.ProxyKey, text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key", text, StringComparison.Ordinal);
        Assert.Equal(Well, code);
    }

    [Fact]
    public Task ProxyKey_GivesADocumentOfAnotherEnvironment_Named() => AssertSaysAsync(
        Failures,
        "the document belongs to the client-side key another-…, and the proxy config lists b-long-c… beside this server-side key",
        "another-client-key",
        ProxyConfigs.List(ProxyConfigs.Environment("b-long-client-key", ProxyConfigs.Key("ser.b-long-secret-key"))));

    [Fact]
    public Task ProxyKey_GivesNothing_Named() => AssertSaysAsync(
        Failures, "proxy_key key-of-t…: the API lists no environment for it that could be served", "b-long-client-key", ProxyConfigs.List());

    [Fact]
    public Task ProxyKey_GivesExpiredKeysOnly_Named() => AssertSaysAsync(
        Failures,
        "proxy_key key-of-t…: the API lists 2 environments for it, none with a server-side key that is active and not expired",
        "b-long-client-key",
        ProxyConfigs.List(
            ProxyConfigs.Environment("b-long-client-key", ProxyConfigs.Key("ser.b-long-secret-key", expiresAt: "2020-01-01T00:00:00Z")),
            ProxyConfigs.Environment("c-long-client-key", ProxyConfigs.Key("ser.c-long-secret-key", active: false))));

    [Fact]
    public Task ProxyKey_GivesEnvironmentsOfTheConfigurationToo_Warning() => AssertSaysAsync(
        Warnings,
        "OK, gives 1 environment: \"Name of b-long-client-key\"; 1 of its parts are invalid and have no effect",
        "b-long-client-key",
        ProxyConfigs.List(
            ProxyConfigs.Environment("a-long-client-key", ProxyConfigs.Key("ser.a-long-secret-key")),
            ProxyConfigs.Environment("b-long-client-key", ProxyConfigs.Key("ser.b-long-secret-key"))),
        new EnvironmentKeyPairOptions("ser.a-long-secret-key", "a-long-client-key"));

    [Fact]
    public Task ProxyKey_ConfigIsNoConfig_Named() =>
        AssertSaysAsync(Failures, "proxy_key key-of-t…: the proxy config is not an array", "b-long-client-key", "{}");

    [Fact]
    public Task ProxyKey_Unknown_Named() => AssertSaysAsync(Failures, "returned HTTP 403", "b-long-client-key", config: null);

    private static async Task AssertSaysAsync(int code, string sentence, string clientSideKey, string? config, params EnvironmentKeyPairOptions[] pairs)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.ProxyConfig = config;
        Serve(upstream, "ser.a-long-secret-key", "a-long-client-key");
        Serve(upstream, "ser.b-long-secret-key", clientSideKey);

        var (actual, text) = await CheckAsync(upstream, pairs);

        Assert.Contains(sentence, text, StringComparison.Ordinal);
        Assert.Equal(code, actual);
    }

    private static void Serve(FakeUpstream upstream, string serverSideKey, string clientSideKey) =>
        upstream.SetDocument(serverSideKey, Encoding.UTF8.GetBytes(Documents.Small(clientSideKey).ToJsonString()));

    private static async Task<(int Code, string Text)> CheckAsync(FakeUpstream upstream, params EnvironmentKeyPairOptions[] pairs)
    {
        var context = CheckSetUp.With(options => options with
        {
            EnvironmentKeyPairs = pairs,
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1"), ProxyKey = FakeUpstream.ProxyKey, ApiPollTimeout = TimeSpan.FromSeconds(20) },
        });
        var report = new CheckReport();
        await KeyCheck.RunAsync(context, report, CancellationToken.None);
        return CheckSetUp.Read(report);
    }
}
