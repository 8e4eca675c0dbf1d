using System.Net;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Upstream.Discovery;

/// <summary>Configured environments own their keys; of listed ones the first does (docs/spec/upstream-api.md 4.4).</summary>
public sealed class KeyConflictTests
{
    public static TheoryData<string, string> Thieves => new()
    {
        { "static", "ser.other" },
        { "ser.static", "ser.other" },
        { "other", "ser.static" },
        { "other", FakeUpstream.ProxyKey },
        { FakeUpstream.ProxyKey, "ser.other" },
        { "offline", "ser.other" },
        { "other", "ser.offline" },
    };

    [Theory]
    [MemberData(nameof(Thieves))]
    public async Task Poll_ListedWithAKeyOfTheConfiguration_SkippedWithAWarning(string clientSideKey, string serverSideKey)
    {
        await AssertSkippedAsync(ProxyConfigs.Environment(clientSideKey, ProxyConfigs.Key("ser.first"), ProxyConfigs.Key(serverSideKey)));
    }

    [Fact]
    public async Task Poll_ListedWithAnInactiveKeyOfTheConfiguration_SkippedAndTheKeyStillOpens()
    {
        await AssertSkippedAsync(ProxyConfigs.Environment("other", ProxyConfigs.Key("ser.first"), ProxyConfigs.Key("ser.static", active: false)));
    }

    [Theory]
    [InlineData("a", "ser.other")]
    [InlineData("other", "ser.a")]
    [InlineData("other", "a")]
    [InlineData("ser.a", "ser.other")]
    public async Task Poll_TwoListedWithOneKey_TheFirstWins(string clientSideKey, string serverSideKey)
    {
        await using var fixture = await DiscoveryFixture.StartAsync(ProxyConfigs.List(
            ProxyConfigs.Environment("a"),
            ProxyConfigs.Environment(clientSideKey, ProxyConfigs.Key("ser.first"), ProxyConfigs.Key(serverSideKey)),
            ProxyConfigs.Environment("b")));
        await fixture.UntilAsync("b", HttpStatusCode.OK);
        await fixture.UntilAsync("a", HttpStatusCode.OK);

        Assert.Equal(["a", "b"], fixture.Proxy.Registry.Environments.Select(static environment => environment.ClientSideKey));
        Assert.Equal(HttpStatusCode.OK, await fixture.StatusAsync("ser.a"));
        Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync("ser.first"));
        var entry = Assert.Single(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.DiscoveryProblem && entry.Message.Contains("before it", StringComparison.Ordinal));
        Assert.Contains("$[1]", entry.Message, StringComparison.Ordinal);
    }

    private static async Task AssertSkippedAsync(JsonNode listed)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, DiscoveryFixture.Document("offline"));
        try
        {
            await using var fixture = await DiscoveryFixture.StartAsync(
                ProxyConfigs.List(listed, ProxyConfigs.Environment("b")),
                static upstream => upstream.SetDocument("ser.static", DiscoveryFixture.Document("static")),
                options => options with
                {
                    EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.static", "static")],
                    EnvironmentDocuments = [new EnvironmentDocumentOptions(file, "ser.offline")],
                });
            await fixture.UntilAsync("b", HttpStatusCode.OK);
            foreach (var key in new[] { "static", "ser.static", "offline", "ser.offline" })
            {
                await fixture.UntilAsync(key, HttpStatusCode.OK);
                Assert.NotEqual(EnvironmentKind.Discovered, fixture.Proxy.Registry.Find(key)!.Environment.Kind);
            }

            Assert.Equal(3, fixture.Proxy.Registry.Environments.Count);
            Assert.Equal(HttpStatusCode.Unauthorized, await fixture.StatusAsync("ser.first"));
            var entry = await fixture.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.DiscoveryProblem && entry.Message.Contains("in the configuration", StringComparison.Ordinal));
            Assert.Contains("$[0]", entry.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(FakeUpstream.ProxyKey, entry.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(fixture.Upstream.Requests, static request => request.Header("X-Environment-Key") == "ser.static" && request.Header("X-Proxy-Key").Length > 0);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
