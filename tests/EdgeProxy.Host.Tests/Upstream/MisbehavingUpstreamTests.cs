using System.Net;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing.Faults;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>
/// docs/spec/upstream-api.md 1.6: whatever the upstream does, requests get the last good document, what is wrong
/// can be read off the environment, and updates go on when the upstream does.
/// </summary>
public sealed class MisbehavingUpstreamTests
{
    public static TheoryData<string> Faults => [.. UpstreamFaults.All.Select(static fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Poll_UpstreamMisbehaves_LastGoodServedAndRecovers(string name)
    {
        var fault = UpstreamFaults.Named(name);
        await using var polled = await PolledProxy.StartAsync();
        var document = await polled.Proxy.GetAsync("/api/v1/environment-document/", "ser.env");
        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));

        await polled.PollAsync(fault);
        AssertNoted(polled, fault, failures: 1);
        await polled.PollAsync(fault);
        AssertNoted(polled, fault, failures: 2);

        Assert.Equal("first", await polled.PlainAsync());
        Assert.Contains("\"own\"", await polled.Proxy.GetAsync("/api/v1/identities/?identifier=olga", "env"), StringComparison.Ordinal);
        Assert.Equal(document, await polled.Proxy.GetAsync("/api/v1/environment-document/", "ser.env"));

        polled.Heal();
        await polled.PollAsync();
        Assert.Equal("second", await polled.PlainAsync());
        Assert.Equal(0, polled.Freshness.Failures);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task FirstPoll_UpstreamMisbehaves_UnavailableUntilItRecovers(string name)
    {
        var fault = UpstreamFaults.Named(name);
        await using var polled = await PolledProxy.StartAsync(fault);
        AssertNoted(polled, fault, failures: 1);

        foreach (var (target, key) in new[] { ("/api/v1/flags/", "env"), ("/api/v1/identities/?identifier=olga", "env"), ("/api/v1/environment-document/", "ser.env") })
        {
            using var response = await polled.Proxy.SendAsync(HttpMethod.Get, target, key);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
        }

        polled.Heal();
        await polled.PollAsync();
        Assert.Equal("first", await polled.PlainAsync());
        Assert.Equal(0, polled.Freshness.Failures);
    }

    private static void AssertNoted(PolledProxy polled, UpstreamFault fault, int failures)
    {
        Assert.Equal(failures, polled.Freshness.Failures);
        var error = polled.Freshness.LastError!.Message;
        Assert.Matches(fault.Reason, error);
        Assert.DoesNotContain("ser.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("plain", error, StringComparison.Ordinal);
        Assert.DoesNotContain(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.PollFailed);
    }
}
