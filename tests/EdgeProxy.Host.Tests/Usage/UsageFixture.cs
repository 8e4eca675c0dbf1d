using System.Text.Json;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream.Discovery;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Usage;

/// <summary>A proxy that reports usage once a minute, and otherwise hardly asks its upstream for anything.</summary>
internal static class UsageFixture
{
    /// <summary>Longer than any wait between two attempts, shorter than an interval between two polls.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Starts it with the environments a and b.</summary>
    public static async Task<DiscoveryFixture> StartAsync(Func<ProxyOptions, ProxyOptions>? configure = null)
    {
        var fixture = await DiscoveryFixture.StartAsync(
            ProxyConfigs.List(ProxyConfigs.Environment("a"), ProxyConfigs.Environment("b")),
            configure: options =>
            {
                options = options with { Upstream = options.Upstream with { UsageFlushInterval = Interval, ApiPollFrequency = TimeSpan.FromDays(1), ApiPollTimeout = TimeSpan.FromDays(1) } };
                return configure?.Invoke(options) ?? options;
            });
        await Patience.UntilAsync(() => fixture.Proxy.Registry.Environments.Count >= 2, "the environments");
        await fixture.Proxy.WaitUntilLoadedAsync();
        return fixture;
    }

    /// <summary>Lets an interval pass.</summary>
    public static async Task PassIntervalAsync(this DiscoveryFixture fixture)
    {
        await fixture.Time.WaitForWaiterAsync(TimeSpan.FromTicks(1), Interval);
        fixture.Time.Advance(Interval);
    }

    /// <summary>Moves the clock until the upstream got so many reports in all.</summary>
    public static Task UntilReportsAsync(this DiscoveryFixture fixture, int count) =>
        fixture.Time.AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => fixture.Upstream.UsageReports.Count() >= count, $"report {count} of usage");

    /// <summary>Moves the clock until something was logged.</summary>
    public static Task UntilLoggedAsync(this DiscoveryFixture fixture, int eventId) =>
        fixture.Time.AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => fixture.Logged(eventId) > 0, $"event {eventId}");

    /// <summary>The rows of a report, as <c>environment resource count</c>.</summary>
    public static IReadOnlyList<string> Rows(RecordedRequest report)
    {
        using var body = JsonDocument.Parse(report.Body);
        return
        [
            .. body.RootElement.EnumerateArray().Select(static row =>
            {
                Assert.Equal(["client_side_key", "resource", "count"], row.EnumerateObject().Select(static member => member.Name));
                return $"{row.GetProperty("client_side_key").GetString()} {row.GetProperty("resource").GetString()} {row.GetProperty("count").GetInt64()}";
            }),
        ];
    }

    /// <summary>The sum of all reports, with each idempotency key counted once.</summary>
    public static long Total(IEnumerable<RecordedRequest> reports) => reports
        .DistinctBy(static report => report.Header("Idempotency-Key"))
        .SelectMany(Rows)
        .Sum(static row => long.Parse(row.Split(' ')[2]));

    /// <summary>Has the upstream answer reports in another way, and everything else as usual.</summary>
    public static void AnswerReports(this DiscoveryFixture fixture, Func<HttpContext, Task> answer) => fixture.Upstream.Behaviour = context =>
        context.Request.Path == "/api/v1/proxy/usage/" ? answer(context) : fixture.Upstream.AnswerWithDocumentAsync(context);
}
