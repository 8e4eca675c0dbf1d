using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Tests.Analytics;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Http.Ofrep;

/// <summary>Evaluations in flag analytics (docs/spec/ofrep.md 10).</summary>
public sealed class OfrepCountTests
{
    private const string Bulk = "/ofrep/v1/evaluate/flags";

    [Fact]
    public async Task Post_OneFlag_CountedIfItIsAnswered()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await SendAsync(fixture, "a", "/plain", 200);
        await SendAsync(fixture, "a", "/pl%61in", 200);
        await SendAsync(fixture, "ser.a", "/off", 200);
        await SendAsync(fixture, "a", "/secret", 404); // for servers only
        await SendAsync(fixture, "a", "/no-such-flag", 404);
        await SendAsync(fixture, "a", "/plain", 400, "[]");
        await SendAsync(fixture, "a", "", 200); // which flag was looked at, nobody knows

        await fixture.UntilReportsAsync(1);

        Assert.Equal("off=1 plain=2", AnalyticsProxy.Sums(fixture.Reports));
    }

    [Fact]
    public async Task Post_CountsNotWanted_None()
    {
        await using var fixture = await AnalyticsProxy.StartAsync(static options => options with { Ofrep = new OfrepOptions { CountsEvaluations = false } });

        await SendAsync(fixture, "a", "/plain", 200);

        Assert.Equal(0, fixture.Proxy.Services.GetRequiredService<FlagCountsLedger>().Waiting);
    }

    private static async Task SendAsync(AnalyticsProxy fixture, string key, string flag, int status, string body = "{}")
    {
        using var response = await fixture.Proxy.SendAsync(HttpMethod.Post, Bulk + flag, key, body);
        Assert.Equal(status, (int)response.StatusCode);
    }
}
