using System.Text;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands.Checks;

/// <content>What a proxy key gives.</content>
public sealed partial class DoctorTests
{
    private static readonly (string Name, string Value) ProxyKey = ("PROXY_KEY", FakeUpstream.ProxyKey);

    [Fact]
    public async Task ProxyKey_Right_EnvironmentsThatItGivesAreChecked()
    {
        await using var upstream = await StartUpstreamAsync();
        upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("b-long-client-key", ProxyConfigs.Key("ser.b-long-secret-key")));
        upstream.SetDocument("ser.b-long-secret-key", Encoding.UTF8.GetBytes(Documents.Small("b-long-client-key").ToJsonString()));

        var (code, output) = await RunAsync(ApiUrl(upstream.Address), ProxyKey);

        Assert.Contains("proxy_key key-of-t…: OK, gives 1 environment: \"Name of b-long-client-key\"", output, StringComparison.Ordinal);
        Assert.Contains("environment ser.b-lo…: OK, \"Test\" with 4 features", output, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeUpstream.ProxyKey, output, StringComparison.Ordinal);
        Assert.Equal(Well, code);
    }

    [Fact]
    public async Task ProxyKey_GivesADocumentOfAnotherEnvironment_Named()
    {
        await using var upstream = await StartUpstreamAsync();
        upstream.ProxyConfig = ProxyConfigs.List(ProxyConfigs.Environment("b-long-client-key", ProxyConfigs.Key("ser.b-long-secret-key")));
        upstream.SetDocument("ser.b-long-secret-key", Encoding.UTF8.GetBytes(Documents.Small("another-client-key").ToJsonString()));

        await AssertSaysAsync(Failures, "the document belongs to the client-side key another-…, and the proxy config lists b-long-c… beside this server-side key", ApiUrl(upstream.Address), ProxyKey);
    }

    [Fact]
    public async Task ProxyKey_GivesNothing_Named()
    {
        await using var upstream = await StartUpstreamAsync();
        upstream.ProxyConfig = ProxyConfigs.List();

        await AssertSaysAsync(Failures, "proxy_key key-of-t…: the API lists no environment for it that could be served", ApiUrl(upstream.Address), ProxyKey);
    }

    [Fact]
    public async Task ProxyKey_GivesExpiredKeysOnly_Named()
    {
        await using var upstream = await StartUpstreamAsync();
        upstream.ProxyConfig = ProxyConfigs.List(
            ProxyConfigs.Environment("b-long-client-key", ProxyConfigs.Key("ser.b-long-secret-key", expiresAt: "2020-01-01T00:00:00Z")),
            ProxyConfigs.Environment("c-long-client-key", ProxyConfigs.Key("ser.c-long-secret-key", active: false)));

        await AssertSaysAsync(
            Failures, "proxy_key key-of-t…: the API lists 2 environments for it, none with a server-side key that is active and not expired", ApiUrl(upstream.Address), ProxyKey);
    }

    [Fact]
    public async Task ProxyKey_GivesEnvironmentsOfTheConfigurationToo_Warning()
    {
        await using var upstream = await StartUpstreamAsync();
        upstream.SetDocument("ser.b-long-secret-key", Encoding.UTF8.GetBytes(Documents.Small("b-long-client-key").ToJsonString()));
        upstream.ProxyConfig = ProxyConfigs.List(
            ProxyConfigs.Environment("a-long-client-key", ProxyConfigs.Key("ser.a-long-secret-key")),
            ProxyConfigs.Environment("b-long-client-key", ProxyConfigs.Key("ser.b-long-secret-key")));

        await AssertSaysAsync(Warnings, "OK, gives 1 environment: \"Name of b-long-client-key\"; 1 of its parts are invalid and have no effect", ApiUrl(upstream.Address), ProxyKey);
    }

    [Fact]
    public async Task ProxyKey_Unknown_Named()
    {
        await using var upstream = await StartUpstreamAsync();

        await AssertSaysAsync(Failures, "proxy_key unknown-…: ", ApiUrl(upstream.Address), ("PROXY_KEY", "unknown-to-the-api"));
    }
}
