using System.Net;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Operations;

/// <summary>Readiness that fails names the environments at fault to operators, and to nobody else.</summary>
public sealed class ReadinessFaultsTests
{
    [Fact]
    public async Task Readiness_OneStaleAndOneNotLoaded_BothForHowLongAndWhy()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var time = new ManualTimeProvider();
        upstream.SetDocument("ser.one", HealthFixture.Document("one"));
        await using var proxy = await HealthFixture.StartAsync(upstream, time, grace: 0, "one", "two");
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Fetched is not null, "the first environment");
        await Patience.UntilAsync(() => proxy.Registry.Environments[1].Freshness.Failures > 0, "the failure of the second");
        upstream.Behaviour = FakeUpstream.Status(500);
        time.Advance(TimeSpan.FromSeconds(64));
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Failures > 0, "the failure of the first");

        var faults = (await HealthFixture.AssertNotReadyAsync(proxy, "environment document(s) not updated."))["environments_at_fault"]!.AsArray();

        Assert.Equal(2, faults.Count);
        Assert.Equal("Test one", (string?)faults[0]!["name"]);
        Assert.Equal("o…", (string?)faults[0]!["client_side_key"]);
        Assert.Equal("stale", (string?)faults[0]!["status"]);
        Assert.Equal(64, (double?)faults[0]!["for_seconds"]);
        Assert.Contains("returned HTTP 500", (string?)faults[0]!["cause"], StringComparison.Ordinal);
        Assert.Null(faults[1]!["name"]);
        Assert.Equal("not loaded", (string?)faults[1]!["status"]);
        Assert.Equal(64, (double?)faults[1]!["for_seconds"]);
    }

    [Fact]
    public async Task Readiness_OnlyOneRequired_TheOtherIsNotAtFault()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var proxy = await HealthFixture.StartAsync(upstream, TimeProvider.System, ReadinessRequirement.Of(["one"]), "one", "two");

        var faults = (await HealthFixture.AssertNotReadyAsync(proxy, "environment document(s) not updated."))["environments_at_fault"]!.AsArray();

        Assert.Equal("o…", (string?)Assert.Single(faults)!["client_side_key"]);
    }

    [Fact]
    public async Task Readiness_NotAnOperator_NoEnvironments()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var proxy = await HealthFixture.StartAsync(upstream, TimeProvider.System, grace: 0, "one");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/proxy/health/readiness");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");

        using var answer = await proxy.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(
            ["status", "reason", "last_successful_update"], JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject().Select(static member => member.Key));
    }
}
