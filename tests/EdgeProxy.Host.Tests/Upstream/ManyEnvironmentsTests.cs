using System.Collections.Concurrent;
using System.Net;
using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>Environments are polled side by side: not too many at once, and none at the cost of another.</summary>
public sealed class ManyEnvironmentsTests
{
    private const int MaxAtOnce = 64;

    [Fact]
    public async Task Poll_HundredEnvironmentsAndUpstreamHangs_SixtyFourAtOnce()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        using var release = new SemaphoreSlim(0);
        var now = 0;
        var most = new ConcurrentQueue<int>();
        upstream.Behaviour = async context =>
        {
            most.Enqueue(Interlocked.Increment(ref now));
            await release.WaitAsync(context.RequestAborted);
            Interlocked.Decrement(ref now);
            await upstream.AnswerWithDocumentAsync(context);
        };
        await using var proxy = await StartAsync(upstream, [.. Enumerable.Range(0, 100).Select(static i => $"env{i}")]);
        await upstream.WaitForRequestsAsync(MaxAtOnce);

        for (var done = 1; done <= 100 - MaxAtOnce; done++)
        {
            release.Release();
            await upstream.WaitForRequestsAsync(MaxAtOnce + done);
        }

        release.Release(MaxAtOnce);
        await proxy.WaitUntilLoadedAsync();
        Assert.Equal(MaxAtOnce, most.Max());
    }

    [Fact]
    public async Task Poll_OneEnvironmentRefused_OthersUpdate()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var time = new ManualTimeProvider();
        upstream.Behaviour = context =>
        {
            if (context.Request.Headers["X-Environment-Key"] == "ser.refused")
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }

            return upstream.AnswerWithDocumentAsync(context);
        };
        await using var proxy = await StartAsync(upstream, time, "one", "refused", "two");
        var environments = proxy.Registry.Environments;
        await Patience.UntilAsync(
            () => environments.All(static environment => environment.Freshness is { Fetched: not null } or { Failures: > 0 }), "every first poll");

        upstream.SetDocument("ser.one", Document("one", "changed"));
        upstream.SetDocument("ser.two", Document("two", "changed"));
        await Patience.UntilAsync(
            async () =>
            {
                time.AdvanceToNextTimer();
                return (await proxy.GetAsync("/api/v1/flags/", "one")).Contains("\"changed\"", StringComparison.Ordinal)
                    && (await proxy.GetAsync("/api/v1/flags/", "two")).Contains("\"changed\"", StringComparison.Ordinal);
            },
            "both changes");

        using var response = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "refused");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.EndsWith(": returned HTTP 403", environments[1].Freshness.LastError!.Message, StringComparison.Ordinal);
    }

    private static byte[] Document(string key, string value)
    {
        var document = Documents.Small(key);
        document["feature_states"]![0]!["feature_state_value"] = value;
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    private static Task<TestProxy> StartAsync(FakeUpstream upstream, params string[] keys) => StartAsync(upstream, new ManualTimeProvider(), keys);

    private static Task<TestProxy> StartAsync(FakeUpstream upstream, ManualTimeProvider time, params string[] keys)
    {
        foreach (var key in keys)
        {
            upstream.SetDocument($"ser.{key}", Document(key, "first"));
        }

        return TestProxy.StartAsync(
            new ProxyOptions
            {
                Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1"), ApiPollTimeout = TimeSpan.FromHours(1) },
                EnvironmentKeyPairs = [.. keys.Select(static key => new EnvironmentKeyPairOptions($"ser.{key}", key))],
            },
            time);
    }
}
