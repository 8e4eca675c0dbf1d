using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Changes;

/// <summary>docs/spec/changes.md 5: versions that are held for an operator.</summary>
public sealed class VersionHoldTests
{
    [Fact]
    public async Task Change_ForMoreThanTheLimit_HeldAndTheOldOneServed()
    {
        await using var sampled = await SampledProxy.StartAsync();
        var polled = sampled.Polled;
        var served = polled.Environment.Current;

        await sampled.ChangeAsync("second");

        Assert.Same(served, polled.Environment.Current);
        Assert.Equal("first", await polled.PlainAsync());
        Assert.Equal(1, polled.Environment.Metrics.Fetches(FetchOutcome.Held));
        var entry = Assert.Single(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.VersionHeld);
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Matches(@"^Environment 'Test' \(e…\): version \w{32} is held, because (\d+) of \1 sampled identities \(100 %\) get another answer: plain 100 %, and changes\.hold_above_percent is 30; still serving ", entry.Message);
        Assert.DoesNotContain(polled.Proxy.Log.Entries, static entry => entry.Message.Contains("identity-", StringComparison.Ordinal));
        await Patience.UntilAsync(async () => (await sampled.HeldAsync())?["summary"] is not null, "the differences of the held version");
        var held = (await sampled.HeldAsync())!;
        Assert.Equal("1 feature changed", (string?)held["summary"]);
        Assert.Equal("plain", (string?)held["impact"]!["features"]![0]!["feature"]);
        Assert.Equal(100, (double)held["impact"]!["max_percent"]!);
        Assert.Empty((await sampled.ChangesAsync())["changes"]!.AsArray());
        Assert.Null(polled.Environment.LatestChange);
        Assert.False(polled.Environment.RecentRevisions.Contain((string)held["version"]!));
        Assert.Contains("\"first\"", await polled.Proxy.GetAsync("/api/v1/environment-document/", "ser.env"), StringComparison.Ordinal);
        Assert.DoesNotContain(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.ContentChanged);
    }

    [Fact]
    public async Task Held_Health_DegradedButReady()
    {
        await using var sampled = await SampledProxy.StartAsync();
        await sampled.ChangeAsync("second");
        using var health = await sampled.Polled.Proxy.Client.GetAsync("/proxy/health/readiness");
        var report = JsonNode.Parse(await health.Content.ReadAsStringAsync())!;
        var metrics = await sampled.Polled.Proxy.Client.GetStringAsync("/metrics");
        var listing = JsonNode.Parse(await sampled.Polled.Proxy.Client.GetStringAsync("/proxy/environments"))!["environments"]![0]!;

        Assert.Equal((200, "degraded", "environment document(s) held for an operator."), ((int)health.StatusCode, (string?)report["status"], (string?)report["reason"]));
        Assert.Matches("edgeproxy_version_held\\{[^}]*\\} 1\n", metrics);
        Assert.Matches("edgeproxy_held_versions_total\\{[^}]*\\} 1\n", metrics);
        Assert.Matches("edgeproxy_sampled_identities\\{[^}]*\\} \\d\\d\n", metrics);
        Assert.Equal("ok", (string?)listing["status"]);
        Assert.EndsWith("get another answer: plain 100 %", (string?)listing["held"]!["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Held_PolledAgain_HeldOnceAndNotStale()
    {
        await using var sampled = await SampledProxy.StartAsync();
        await sampled.ChangeAsync("second");
        var since = (string?)(await sampled.HeldAsync())!["since"];
        await sampled.Polled.PollTimesAsync(3);

        Assert.Equal(since, (string?)(await sampled.HeldAsync())!["since"]);
        Assert.Equal(4, sampled.Polled.Environment.Metrics.Fetches(FetchOutcome.Held));
        Assert.Equal(1, sampled.Polled.Environment.Metrics.HeldVersions);
        Assert.Equal(sampled.Polled.Time.GetUtcNow(), sampled.Polled.Freshness.Fetched);
        Assert.Equal("first", await sampled.Polled.PlainAsync());
    }

    [Fact]
    public async Task Change_ForLessThanTheLimit_ServedWithItsEffect()
    {
        await using var sampled = await SampledProxy.StartAsync(holdAbovePercent: 60);
        await sampled.ChangeAsync("first", static document => document["project"]!["segments"]![0]!["feature_states"]![0]!["feature_state_value"] = "gamma");
        var entry = await sampled.Polled.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.ContentChanged);
        var change = (await sampled.ChangesAsync())["changes"]![0]!;
        var impact = change["impact"]!;

        Assert.Matches(@"^Environment 'Test' \(e…\) changed: 1 feature changed; \d+ of \d+ sampled identities \([45]\d(\.\d+)? %\) get another answer: targeted [45]\d(\.\d+)? %$", entry.Message);
        Assert.Equal("targeted", (string?)Assert.Single(impact["features"]!.AsArray())!["feature"]);
        Assert.InRange((int)impact["sampled_identities"]!, 50, 60); // two may share a slot
        Assert.InRange((int)impact["changed_identities"]!, 25, 30);
        Assert.Null(await sampled.HeldAsync());
    }

    [Fact]
    public async Task Change_NoSample_ServedAndNotMeasured()
    {
        await using var polled = await PolledProxy.StartAsync();
        await polled.Proxy.PostIdentityAsync("env", """{"identifier":"ada","traits":[]}""");
        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));
        await polled.PollAsync();
        await polled.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.ContentChanged);
        var changes = JsonNode.Parse(await polled.Proxy.Client.GetStringAsync("/proxy/environments/env/changes"))!;

        Assert.Null(polled.Environment.Sample);
        Assert.Null(changes["changes"]![0]!["impact"]);
        Assert.Null(changes["held"]);
    }

    [Fact]
    public async Task Change_FewIdentities_NotHeld()
    {
        await using var sampled = await SampledProxy.StartAsync(identities: EnvironmentPublisher.MinIdentitiesToHold - 1);
        await sampled.ChangeAsync("second");

        Assert.Equal("second", await sampled.Polled.PlainAsync());
    }

    [Fact]
    public async Task Change_FeatureAdded_NotHeld()
    {
        await using var sampled = await SampledProxy.StartAsync(holdAbovePercent: 0);
        await sampled.ChangeAsync("first", static document => document["feature_states"]!.AsArray().Add(Documents.State(9, "added", true, "x")));

        Assert.Equal((0L, 1L), HeldAndServed(sampled));
    }

    [Fact]
    public async Task Change_FeatureRemoved_Held()
    {
        await using var sampled = await SampledProxy.StartAsync();
        await sampled.ChangeAsync("first", static document => document["feature_states"]!.AsArray().RemoveAt(0));

        Assert.Equal((1L, 0L), HeldAndServed(sampled));
    }

    [Fact]
    public async Task Release_Held_FetchedAndServed()
    {
        await using var sampled = await SampledProxy.StartAsync();
        await sampled.ChangeAsync("second");
        using var response = await sampled.ReleaseAsync();
        await sampled.WaitForAsync("second");
        await sampled.Polled.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.ContentChanged);

        Assert.Equal(202, (int)response.StatusCode);
        Assert.Single(sampled.Polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.VersionReleased);
        Assert.Null(await sampled.HeldAsync());
        Assert.Equal(100, (double)(await sampled.ChangesAsync())["changes"]![0]!["impact"]!["max_percent"]!);
        using var health = await sampled.Polled.Proxy.Client.GetAsync("/proxy/health/readiness");
        Assert.Contains("\"status\":\"ok\"", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_AnotherVersionCameMeanwhile_ThatOneIsHeld()
    {
        await using var sampled = await SampledProxy.StartAsync();
        await sampled.ChangeAsync("second");
        sampled.Polled.Upstream.SetDocument("ser.env", PolledProxy.Document("third"));
        using var response = await sampled.ReleaseAsync();
        await sampled.Polled.Time.AdvanceUntilAsync(
            TimeSpan.FromMilliseconds(100), () => sampled.Polled.Environment.Metrics.HeldVersions == 2, "the third version to be held");

        Assert.Equal("first", await sampled.Polled.PlainAsync());
    }

    [Fact]
    public async Task Rollback_ForMoreThanTheLimit_HeldOnceItIsConfirmedAndServedWhenReleased()
    {
        await using var sampled = await SampledProxy.StartAsync();
        await sampled.ChangeAsync("earlier", static document => document["updated_at"] = "2026-10-01T12:00:00Z");
        Assert.Null(await sampled.HeldAsync()); // not confirmed yet
        for (var polls = 0; polls < 10 && sampled.Polled.Environment.Hold.Current is null; polls++)
        {
            await sampled.Polled.PollAsync();
        }

        await sampled.Polled.PollTimesAsync(2);
        Assert.Equal(1, sampled.Polled.Environment.Metrics.HeldVersions);
        Assert.Equal("first", await sampled.Polled.PlainAsync());
        using var response = await sampled.ReleaseAsync();
        await sampled.WaitForAsync("earlier");
    }

    [Theory]
    [InlineData("/proxy/environments/env/release", 409)]
    [InlineData("/proxy/environments/unknown/release", 404)]
    [InlineData("/proxy/environments/ser.env/release", 404)]
    public async Task Release_NothingHeld_Rejected(string path, int status)
    {
        await using var polled = await PolledProxy.StartAsync();
        using var response = await polled.Proxy.SendAsync(HttpMethod.Post, path, key: null);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Held_UndoneInFlagsmith_Ended()
    {
        await using var sampled = await SampledProxy.StartAsync();
        await sampled.ChangeAsync("second");
        await sampled.ChangeAsync("first");

        Assert.Null(await sampled.HeldAsync());
        Assert.Single(sampled.Polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.VersionHoldEnded);
    }

    [Fact]
    public async Task Held_ForATime_ReleasedThen()
    {
        await using var sampled = await SampledProxy.StartAsync(holdTime: TimeSpan.FromSeconds(20));
        await sampled.ChangeAsync("second");
        Assert.Equal("first", await sampled.Polled.PlainAsync());

        await sampled.WaitForAsync("second");

        var entry = Assert.Single(sampled.Polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.VersionReleased);
        Assert.Contains("changes.hold_seconds (20)", entry.Message, StringComparison.Ordinal);
    }

    private static (long Held, long Updates) HeldAndServed(SampledProxy sampled) =>
        (sampled.Polled.Environment.Metrics.HeldVersions, sampled.Polled.Environment.Metrics.Updates - 1);
}
