using System.Globalization;
using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>While serving, a clock that differs from the API's is logged (docs/spec/upstream-api.md 1.8).</summary>
public sealed class ClockWatchTests
{
    [Fact]
    public async Task Fetch_ApiWithAnotherTime_OneWarning()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var clock = new ManualTimeProvider();
        clock.SetUtcNow(TimeProvider.System.GetUtcNow().AddMinutes(-10));
        upstream.Time = clock;
        upstream.SetDocument("ser.env", Encoding.UTF8.GetBytes(Documents.Small("env").ToJsonString()));
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1"), ApiPollFrequency = TimeSpan.FromMilliseconds(20) },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.env", "env")],
        });

        await upstream.WaitForRequestsAsync(3);

        var entry = Assert.Single(proxy.Log.Entries, static entry => entry.EventId == EventIds.ClockDiffers);
        Assert.StartsWith("The clock of this machine is 10 min ahead of that of the API. Synchronize it", entry.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("Sat, 28 Nov 2026 10:00:00 GMT", null, 30)]
    [InlineData("Sat, 28 Nov 2026 09:50:00 GMT", "600", 30)]
    [InlineData("Sat, 28 Nov 2026 10:10:00 GMT", null, -570)]
    public void Skew_OfAnAnswer_WithoutTheTimeItWasCached(string? date, string? age, int? seconds)
    {
        using var response = new HttpResponseMessage();
        if (date is not null)
        {
            response.Headers.TryAddWithoutValidation("Date", date);
        }

        if (age is not null)
        {
            response.Headers.TryAddWithoutValidation("Age", age);
        }

        var skew = ApiClock.SkewOf(response, DateTimeOffset.Parse("2026-11-28T10:00:30Z", CultureInfo.InvariantCulture));

        Assert.Equal(seconds is { } expected ? TimeSpan.FromSeconds(expected) : null, skew);
    }
}
