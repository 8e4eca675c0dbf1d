using System.Net;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Http.Ofrep;

/// <summary>The request that follows an event (docs/spec/ofrep.md 11.4).</summary>
public sealed class OfrepRefetchTests
{
    private const string Bulk = "/ofrep/v1/evaluate/flags";
    private const string OtherRevision = "0123456789abcdef0123456789abcdef";
    private const string Newer = "2026-12-01T00:00:00Z";
    private const string Older = "2026-10-01T00:00:00Z";

    [Fact]
    public async Task Post_OwnRevision_304AsAlways()
    {
        await using var proxy = await PolledProxy.StartAsync();

        using var response = await SendAsync(proxy, proxy.Environment.Current!.Document.Version, Newer, "*");

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Fact]
    public async Task Post_OlderRevision_TheFlagsAtOnceAndNever304()
    {
        await using var proxy = await PolledProxy.StartAsync();
        var requests = proxy.Upstream.Requests.Count;

        using var response = await SendAsync(proxy, OtherRevision, Older, "*");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(requests, proxy.Upstream.Requests.Count);
        Assert.Equal(0, Behind(proxy));
    }

    [Fact]
    public async Task Post_RevisionServedBefore_TheFlagsAtOnceAndNever304()
    {
        await using var proxy = await PolledProxy.StartAsync();
        var before = proxy.Environment.Current!.Document.Version;
        await proxy.Proxy.Publisher.PublishAsync(proxy.Environment, PolledProxy.Document("second"), CancellationToken.None);

        using var response = await SendAsync(proxy, before, Newer, "*");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, Behind(proxy));
    }

    [Theory]
    [InlineData(Newer)]
    [InlineData("")]
    [InlineData("yesterday")]
    public async Task Post_RevisionThatMayBeNewer_FetchedAndAnswered(string time)
    {
        await using var proxy = await PolledProxy.StartAsync(configure: static options => options with { Revision = new RevisionOptions { IsSent = true } });
        await proxy.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(12)); // for the next poll
        proxy.Time.Advance(TimeSpan.FromSeconds(2));
        proxy.Upstream.SetDocument("ser.env", PolledProxy.Document("second", static document => document["updated_at"] = Newer));

        // The document that comes is another revision too, so the request waits as long as it may.
        using var response = await proxy.PassTimeUntilAsync(SendAsync(proxy, OtherRevision, time, "*"), TimeSpan.FromMilliseconds(10));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"second\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(["1796083200"], response.Headers.GetValues("X-Flagsmith-Document-Updated-At"));
        Assert.Equal([proxy.Environment.Current!.Document.Version], response.Headers.GetValues("X-EdgeProxy-Revision"));
        Assert.Equal(1, Behind(proxy));
    }

    [Fact]
    public async Task Post_RevisionThatDoesNotCome_WhatThereIsAfterASecond()
    {
        await using var proxy = await PolledProxy.StartAsync();

        using var response = await proxy.PassTimeUntilAsync(SendAsync(proxy, OtherRevision, Newer, "*"), TimeSpan.FromMilliseconds(50));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"first\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.InRange(proxy.Time.GetUtcNow().TimeOfDay, TimeSpan.FromHours(10) + TimeSpan.FromSeconds(0.9), TimeSpan.FromHours(11));
    }

    [Fact]
    public async Task Post_ManyForARevisionThatDoesNotCome_OnePollASecond()
    {
        const int Count = 40;
        await using var proxy = await PolledProxy.StartAsync();
        await proxy.Time.WaitForWaiterAsync(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(12)); // for the next poll
        var (requests, since) = (proxy.Upstream.Requests.Count, proxy.Time.GetUtcNow());

        var answers = await proxy.PassTimeUntilAsync(
            Task.WhenAll(Enumerable.Range(0, Count).Select(_ => SendAsync(proxy, OtherRevision, Newer, "*"))), TimeSpan.FromMilliseconds(20));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(Count, Behind(proxy));
        var seconds = (proxy.Time.GetUtcNow() - since).TotalSeconds;
        Assert.InRange(proxy.Upstream.Requests.Count - requests, 1, 2 + (int)(1.2 * seconds)); // and those that were due anyway
    }

    [Fact]
    public async Task Post_DocumentFromAFile_NotWaitedFor()
    {
        await using var proxy = await OfrepProxy.StartAsync();

        using var response = await proxy.Proxy.SendAsync(HttpMethod.Post, $"{Bulk}?flagConfigEtag={OtherRevision}", "env", "{}", ("If-None-Match", "*"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Post_Overload_RefetchesAreTheLastToBeRejected()
    {
        await using var proxy = await OfrepProxy.StartAsync();
        var shedder = proxy.Proxy.Services.GetRequiredService<LoadShedder>();
        shedder.Share = LoadShedder.All / 2;
        var (own, others) = (0, 0);
        var revision = proxy.Proxy.Registry.Environments[0].Current!.Document.Version;
        for (var i = 0; i < 100; i++)
        {
            own += await IsAnsweredAsync(proxy, $"{Bulk}?flagConfigEtag={revision}") ? 1 : 0;
            others += await IsAnsweredAsync(proxy, Bulk) ? 1 : 0;
        }

        Assert.Equal(100, own);
        Assert.InRange(others, 20, 80);

        shedder.Share = 0;
        Assert.False(await IsAnsweredAsync(proxy, $"{Bulk}?flagConfigEtag={revision}"));
    }

    private static async Task<bool> IsAnsweredAsync(OfrepProxy proxy, string target)
    {
        // A connection of its own: one that was refused before would wait.
        await using var connection = await RawConnection.OpenAsync(proxy.Proxy.Address);
        return (await connection.PostAsync(target, "env", "{}"u8.ToArray())).Status == 200;
    }

    private static long Behind(PolledProxy proxy) => proxy.Proxy.Services.GetRequiredService<ServerMetrics>().RefetchesBehind;

    private static Task<HttpResponseMessage> SendAsync(PolledProxy proxy, string revision, string time, string ifNoneMatch) => proxy.Proxy.SendAsync(
        HttpMethod.Post, $"{Bulk}?flagConfigEtag={revision}&flagConfigLastModified={Uri.EscapeDataString(time)}", "env", "{}", ("If-None-Match", ifNoneMatch));
}
