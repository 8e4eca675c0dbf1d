using System.Net;
using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream.Discovery;
using EdgeProxy.Host.Upstream;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Operations;

/// <summary>Messages about names in <c>health_check.readiness</c> that no environment has.</summary>
public sealed class ReadinessWatchTests
{
    [Fact]
    public async Task Watch_NobodyHasTheName_OneWarningWithTheNameMasked()
    {
        var time = new ManualTimeProvider();
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true, HealthCheck = Requiring("Prodcution secret") }, time);

        await UntilSaidAsync(proxy, time, 1);
        var said = Said(proxy)[0];

        Assert.Equal(LogLevel.Warning, said.Level);
        Assert.Contains(": Prodcuti… (", said.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_NamesOfAllKinds_NothingSaid()
    {
        await using var found = await DiscoveryFixture.StartAsync(
            ProxyConfigs.List([ProxyConfigs.Environment("a"), ProxyConfigs.Environment("b")]),
            configure: static options => options with { HealthCheck = Requiring("a", "Test") });
        await found.UntilAsync("a", HttpStatusCode.OK);
        await found.UntilAsync("b", HttpStatusCode.OK);
        await found.PollAsync(); // time passes

        Assert.Empty(Said(found.Proxy));
    }

    [Fact]
    public async Task Watch_BeforeDiscovery_Waits()
    {
        await using var found = await DiscoveryFixture.StartAsync(
            "not a config", configure: static options => options with { HealthCheck = Requiring("a", "never") });
        await found.PollAsync();
        await found.PollAsync();
        Assert.Empty(Said(found.Proxy));

        found.Upstream.ProxyConfig = ProxyConfigs.List([ProxyConfigs.Environment("a")]);
        await found.PollAsync();
        await UntilSaidAsync(found, 1);

        Assert.Contains(": ne… (", Said(found.Proxy)[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_EnvironmentDropped_SaidOfItAndOnce()
    {
        await using var found = await DiscoveryFixture.StartAsync(
            ProxyConfigs.List([ProxyConfigs.Environment("a"), ProxyConfigs.Environment("b")]),
            configure: static options => options with { HealthCheck = Requiring("a", "b") });
        await found.UntilAsync("b", HttpStatusCode.OK);

        found.Upstream.ProxyConfig = ProxyConfigs.List([ProxyConfigs.Environment("a")]);
        await UntilSaidAsync(found, 1);
        await found.PollAsync();
        Assert.Single(Said(found.Proxy));

        found.Upstream.ProxyConfig = ProxyConfigs.List([ProxyConfigs.Environment("c")]);
        await UntilSaidAsync(found, 2);
    }

    [Fact]
    public async Task Watch_EnvironmentThatDoesNotLoad_NamesNotKnownUntilItWasTried()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var answer = new TaskCompletionSource();
        upstream.SetDocument("ser.env", Encoding.UTF8.GetBytes(Documents.Small("env").ToJsonString()));
        upstream.Behaviour = async context =>
        {
            await answer.Task;
            context.Response.StatusCode = 500;
        };
        var time = new ManualTimeProvider();
        await using var proxy = await TestProxy.StartAsync(
            new ProxyOptions
            {
                Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1"), ApiPollTimeout = TimeSpan.FromHours(1) },
                EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
                HealthCheck = Requiring("Test"),
            },
            time);
        await upstream.WaitForRequestsAsync(1);
        time.Advance(ReadinessWatch.Interval);
        Assert.Empty(Said(proxy));

        answer.SetResult();
        await UntilSaidAsync(proxy, time, 1);
        Assert.Contains("unknown: 1)", Said(proxy)[0].Message, StringComparison.Ordinal);
    }

    private static List<LogEntry> Said(TestProxy proxy) => [.. proxy.Log.Entries.Where(static entry => entry.EventId == EventIds.ReadinessNamesUnknown)];

    private static HealthCheckOptions Requiring(params string[] names) => new() { Readiness = ReadinessRequirement.Of(names) };

    private static Task UntilSaidAsync(DiscoveryFixture found, int times) => UntilSaidAsync(found.Proxy, found.Time, times);

    private static Task UntilSaidAsync(TestProxy proxy, ManualTimeProvider time, int times) => Patience.UntilAsync(
        () =>
        {
            time.Advance(ReadinessWatch.Interval);
            return Said(proxy).Count == times;
        },
        "the warning");
}
