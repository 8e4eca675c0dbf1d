using System.Net;
using System.Text;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.AccessLogging;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Operations.Exposition;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Server.WarmUp;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Traits;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Server.WarmUp;

/// <summary>The warm-up in the whole proxy: before readiness, once, and without a trace.</summary>
public sealed class WarmUpTests
{
    [Fact]
    public async Task WarmUp_DocumentsLoaded_ReadyAfterIt()
    {
        await using var proxy = await ServeAsync(new ProxyOptions { Server = For(TimeSpan.FromSeconds(3)) });

        await Patience.UntilAsync(async () => await ReadinessAsync(proxy) == HttpStatusCode.OK, "readiness");

        var entry = Assert.Single(proxy.Log.Entries, static entry => entry.EventId == EventIds.WarmedUp);
        Assert.DoesNotContain(" 0 requests", entry.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(proxy.Log.Entries, static entry => entry.EventId == EventIds.WarmUpFailed);
    }

    [Fact]
    public async Task WarmUp_Runs_RequestsAreAnsweredAndReadinessFails()
    {
        await using var proxy = await ServeAsync(new ProxyOptions { Server = For(TimeSpan.FromSeconds(3)) });
        var phase = proxy.Services.GetRequiredService<WarmUpPhase>();
        var during = 0;

        while (!phase.IsOver)
        {
            var readiness = await ReadinessAsync(proxy);
            using var flags = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env");
            Assert.Equal(HttpStatusCode.OK, flags.StatusCode);
            if (!phase.IsOver)
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, readiness);
                during++;
            }
        }

        Assert.True(during > 0);
    }

    [Fact]
    public async Task WarmUp_Ended_CountedNowhere()
    {
        await using var proxy = await ServeAsync(new ProxyOptions
        {
            Server = For(TimeSpan.FromSeconds(3)),
            AccessLog = new AccessLogOptions { IsEnabled = true },
            Changes = new ChangeOptions { SampleIdentities = 100 },
            Traits = new TraitForwardingOptions { IsEnabled = true },
        });
        var services = proxy.Services;
        var phase = services.GetRequiredService<WarmUpPhase>();

        await Patience.UntilAsync(() => phase.IsOver, "the end of the warm-up");

        Assert.Contains(proxy.Log.Entries, static entry => entry.EventId == EventIds.WarmedUp);
        Assert.Equal(0, services.GetRequiredService<MetricCatalog>().CountRequests());
        Assert.Equal(0, services.GetRequiredService<ConnectionCount>().Open);
        Assert.Equal(0, services.GetRequiredService<TraitQueue>().Count);
        Assert.Empty(services.GetRequiredService<FlagCountsLedger>().All);
        Assert.Equal(0, Assert.Single(proxy.Registry.Environments).Sample!.Count);
        Assert.DoesNotContain(proxy.Log.Entries, static entry => entry.EventId == EventIds.Access);
    }

    [Fact]
    public async Task WarmUp_Ended_KeepsNoCompressedForms()
    {
        await using var proxy = await ServeAsync(new ProxyOptions { Server = For(TimeSpan.FromSeconds(3)) });
        var phase = proxy.Services.GetRequiredService<WarmUpPhase>();

        await Patience.UntilAsync(() => phase.IsOver, "the end of the warm-up");

        var snapshot = Assert.Single(proxy.Registry.Environments).Current!.Snapshot;
        Assert.False(snapshot.IsGzipPrepared(EdgeProxy.Engine.Model.FlagAudience.Server));
        Assert.False(snapshot.IsGzipPrepared(EdgeProxy.Engine.Model.FlagAudience.Client));
    }

    [Fact]
    public async Task WarmUp_ZeroSeconds_ReadyWithoutIt()
    {
        await using var proxy = await ServeAsync(new ProxyOptions { Server = For(TimeSpan.Zero) });

        Assert.True(proxy.Services.GetRequiredService<WarmUpPhase>().IsOver);
        await Patience.UntilAsync(async () => await ReadinessAsync(proxy) == HttpStatusCode.OK, "readiness");
        Assert.DoesNotContain(proxy.Log.Entries, static entry => entry.EventId == EventIds.WarmedUp);
    }

    [Fact]
    public async Task WarmUp_AnotherDocumentLater_NotRepeated()
    {
        await using var proxy = await ServeAsync(new ProxyOptions { Server = For(TimeSpan.FromSeconds(0.2)) });
        await Patience.UntilAsync(async () => await ReadinessAsync(proxy) == HttpStatusCode.OK, "readiness");
        var changed = Documents.Small("env");
        changed["updated_at"] = "2026-11-02T12:00:00.250000Z";
        changed["feature_states"]![0]!["enabled"] = false;

        await proxy.Publisher.PublishAsync(proxy.Registry.Environments[0], Encoding.UTF8.GetBytes(changed.ToJsonString()), CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, await ReadinessAsync(proxy));
        Assert.Single(proxy.Log.Entries, static entry => entry.EventId == EventIds.WarmedUp);
    }

    [Fact]
    public void Select_ManyEnvironments_SmallestMiddleLargest()
    {
        var sizes = Enumerable.Range(1, 5).Reverse().Select(static features =>
        {
            var document = Documents.Small($"env-{features}");
            document["padding"] = new string('x', features * 100);
            var content = Encoding.UTF8.GetBytes(document.ToJsonString());
            var state = new EnvironmentState($"env-{features}", $"ser.env-{features}", EnvironmentKind.Offline);
            state.Publish(new PublishedEnvironment(content, EdgeProxy.Engine.Compilation.EnvironmentCompiler.Compile(content, default).Snapshot, DateTimeOffset.UnixEpoch));
            return state;
        });

        var selected = WarmUpService.Select(sizes.Append(new EnvironmentState("not-loaded", "ser.not-loaded", EnvironmentKind.Configured)));

        Assert.Equal(["env-1", "env-3", "env-5"], selected.Select(static environment => environment.Snapshot.Key));
    }

    private static ServerOptions For(TimeSpan budget) => new() { WarmUp = budget };

    private static Task<TestProxy> ServeAsync(ProxyOptions options) => TestProxy.ServeAsync(options, Documents.Small("env").ToJsonString());

    private static async Task<HttpStatusCode> ReadinessAsync(TestProxy proxy)
    {
        using var response = await proxy.Client.GetAsync("/proxy/health/readiness");
        return response.StatusCode;
    }
}
