using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Changes;
using EdgeProxy.Host.Tests.Upstream;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Persistence;

/// <summary>docs/spec/changes.md 5.3: a restart does not release a version that is held.</summary>
public sealed class HeldVersionTests
{
    [Fact]
    public async Task Restart_VersionHeld_StillHeldAndNothingOfItOrOfIdentitiesOnDisk()
    {
        using var directory = new TemporaryDirectory();
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.env", PolledProxy.Document("first"));
        await using (var proxy = await StartAsync(upstream, directory))
        {
            await SampledProxy.AskAsync(proxy, identities: 40);
            upstream.SetDocument("ser.env", PolledProxy.Document("second-value"));
            await Patience.UntilAsync(() => proxy.Registry.Environments[0].Hold.Current is not null, "the hold");
        }

        foreach (var file in Directory.GetFiles(directory.Path))
        {
            var content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain("second-value", content, StringComparison.Ordinal);
            Assert.DoesNotContain("identity-", content, StringComparison.Ordinal);
        }

        await using var restarted = await StartAsync(upstream, directory);
        var environment = restarted.Registry.Environments[0];
        await Patience.UntilAsync(() => environment.Hold.Current?.Document is not null, "the held version to be fetched again");
        var held = JsonNode.Parse(await restarted.Client.GetStringAsync("/proxy/environments/env/changes"))!["held"]!;

        Assert.Equal(100, (double)held["impact"]!["max_percent"]!);
        Assert.Equal("first", await PlainAsync(restarted));
        Assert.Single(restarted.Log.Entries, static entry => entry.EventId == EventIds.VersionHoldRestored);
        using var response = await restarted.SendAsync(HttpMethod.Post, "/proxy/environments/env/release", key: null);
        await Patience.UntilAsync(async () => await PlainAsync(restarted) == "second-value", "the released version");
    }

    [Fact]
    public void Read_Written_AllButTheDocument()
    {
        var version = new HeldVersion(
            UInt128.MaxValue - 7, new DocumentPosition(UpdatedAt: null, "revision"), DateTimeOffset.UnixEpoch, new AnswerImpact(40, 30, [new FeatureImpact("a\"b", 30)]),
            "content"u8.ToArray());
        var read = HeldVersionText.Read(HeldVersionText.Write(version))!;

        Assert.Equal((version.Content, version.Position, version.Since), (read.Content, read.Position, read.Since));
        Assert.Equal((40, 30), (read.Impact.Identities, read.Impact.Changed));
        Assert.Equal(version.Impact.Features, read.Impact.Features);
        Assert.Null(read.Document);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"content":"x","revision":"r","since":"2026-11-01","identities":1,"changed":1,"features":{}}""")]
    public void Read_AnythingElse_Nothing(string text) => Assert.Null(HeldVersionText.Read(Encoding.UTF8.GetBytes(text)));

    private static async Task<TestProxy> StartAsync(FakeUpstream upstream, TemporaryDirectory directory)
    {
        var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1"), ApiPollFrequency = TimeSpan.FromSeconds(0.2) },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
            Changes = new ChangeOptions { SampleIdentities = 1000, HoldAbovePercent = 50 },
            Persistence = new PersistenceOptions { SnapshotDirectory = directory.Path },
        });
        await proxy.WaitUntilLoadedAsync();
        return proxy;
    }

    private static async Task<string?> PlainAsync(TestProxy proxy) =>
        (string?)JsonNode.Parse(await proxy.GetAsync("/api/v1/flags/?feature=plain", "env"))!["feature_state_value"];
}
