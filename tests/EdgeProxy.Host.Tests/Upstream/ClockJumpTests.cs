using System.Net;
using EdgeProxy.Host.Testing.Faults;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>The clock on the wall is set while the proxy runs: polling and freshness go by the time that passes.</summary>
public sealed class ClockJumpTests
{
    public static TheoryData<DateTimeOffset> Jumps =>
    [
        new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 22, 11, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero),
    ];

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task Poll_ClockIsSet_UpdatesFlowAndTheProxyStaysReady(DateTimeOffset now)
    {
        await using var polled = await PolledProxy.StartAsync();

        polled.Time.SetUtcNow(now);
        Assert.Equal(HttpStatusCode.OK, await ReadinessAsync(polled));
        foreach (var value in new[] { "second", "third" })
        {
            polled.Upstream.SetDocument("ser.env", PolledProxy.Document(value));
            await polled.PollAsync();
            Assert.Equal(value, await polled.PlainAsync());
        }

        Assert.InRange(polled.Freshness.Fetched!.Value, now, now + TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await ReadinessAsync(polled));
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task Poll_ClockIsSetWhileUpstreamFails_StaleByTheTimeThatPassed(DateTimeOffset now)
    {
        await using var polled = await PolledProxy.StartAsync();
        var fault = UpstreamFaults.Named("status 500");

        polled.Time.SetUtcNow(now);
        await polled.PollAsync(fault);
        Assert.Equal(HttpStatusCode.OK, await ReadinessAsync(polled));
        while (polled.Time.GetUtcNow() - now <= TimeSpan.FromSeconds(40)) // the poll interval and the grace period
        {
            await polled.PollAsync(fault);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadinessAsync(polled));
        polled.Heal();
        await polled.PollAsync();
        Assert.Equal(HttpStatusCode.OK, await ReadinessAsync(polled));
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task Poll_ClockIsSetAndRetryAfterIsADate_ComparedWithTheUpstreamsOwnClock(DateTimeOffset now)
    {
        await using var polled = await PolledProxy.StartAsync();

        polled.Time.SetUtcNow(now);
        await polled.PollAsync(UpstreamFaults.Named("503 until a date"));

        // Seven seconds or more, and no minute.
        await polled.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(11));
    }

    private static async Task<HttpStatusCode> ReadinessAsync(PolledProxy polled)
    {
        using var response = await polled.Proxy.Client.GetAsync("/proxy/health/readiness");
        return response.StatusCode;
    }
}
