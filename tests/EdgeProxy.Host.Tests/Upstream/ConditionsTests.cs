using System.Globalization;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Testing.Faults;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>Conditional requests against upstreams that take them oddly.</summary>
public sealed class ConditionsTests
{
    [Fact]
    public async Task Poll_NotModifiedWithNothingLoaded_AFailureAndAskedAgainWithoutConditions()
    {
        var notModified = new UpstreamFault("304", "although nothing is loaded", static (context, _) => Answer(context, 304));
        await using var polled = await PolledProxy.StartAsync(notModified);

        Assert.Contains("HTTP 304 although nothing is loaded", polled.Freshness.LastError!.Message, StringComparison.Ordinal);
        polled.Heal();
        await polled.PollAsync();

        Assert.Equal("first", await polled.PlainAsync());
        AssertUnconditional(polled.Upstream.Requests.Last());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(412)]
    public async Task Poll_ConditionsNotAccepted_NextPollAsksForTheWhole(int status)
    {
        await using var polled = await PolledProxy.StartAsync();
        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));

        await polled.PollAsync(new UpstreamFault("odd", "", (context, _) => Answer(context, status)));
        Assert.NotEqual("", polled.Upstream.Requests.Last().Header("If-None-Match"));
        polled.Heal();
        await polled.PollAsync();

        AssertUnconditional(polled.Upstream.Requests.Last());
        Assert.Equal("second", await polled.PlainAsync());
    }

    [Theory]
    [InlineData("no tag")]
    [InlineData("W/\"weak\"")]
    [InlineData("\"two\", \"tags\"")]
    [InlineData("\"open")]
    public async Task Poll_UnusualEntityTag_SentBackAsItIs(string tag)
    {
        var fault = Raw($"ETag: {tag}\r\n");
        await using var polled = await PolledProxy.StartAsync(fault);

        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));
        await polled.PollAsync(fault);
        await polled.PollAsync(fault);

        Assert.Equal(tag, polled.Upstream.Requests.Last().Header("If-None-Match"));
        Assert.Equal("second", await polled.PlainAsync());
        Assert.Equal(0, polled.Freshness.Failures);
    }

    [Theory]
    [InlineData("\"caf\u00e9\"")]
    [InlineData("\"\u0080\"")]
    public async Task Poll_EntityTagThatIsNotAscii_LeftOut(string tag)
    {
        var fault = Raw($"ETag: {tag}\r\n");
        await using var polled = await PolledProxy.StartAsync(fault);

        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));
        await polled.PollAsync(fault);

        Assert.Equal("", polled.Upstream.Requests.Last().Header("If-None-Match"));
        Assert.Equal("second", await polled.PlainAsync());
        Assert.Equal(0, polled.Freshness.Failures);
    }

    [Theory]
    [InlineData("Last-Modified: yesterday\r\n")]
    [InlineData("Last-Modified: 0\r\nDate: never\r\n")]
    [InlineData("Last-Modified: \u00e9\r\nDate: \u00e9\r\n")]
    [InlineData("Last-Modified: Fri, 31 Dec 9999 23:59:59 GMT\r\nDate: Mon, 01 Jan 0001 00:00:00 GMT\r\n")]
    [InlineData("Last-Modified: Mon, 01 Jan 0001 00:00:00 GMT\r\nDate: Fri, 31 Dec 9999 23:59:59 GMT\r\nExpires: -1\r\nAge: -1\r\n")]
    public async Task Poll_UnusualDates_ChangesArrive(string headers)
    {
        var fault = Raw(headers);
        await using var polled = await PolledProxy.StartAsync(fault);

        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));
        await polled.PollAsync(fault);

        Assert.Equal("second", await polled.PlainAsync());
        Assert.Equal(0, polled.Freshness.Failures);
        Assert.Equal(polled.Time.GetUtcNow(), polled.Freshness.Fetched);
    }

    [Fact]
    public async Task Poll_DocumentFromTheFutureAndConditionsByDate_NextChangeArrivesOnceConfirmed()
    {
        await using var polled = await PolledProxy.StartAsync(prepare: static upstream =>
        {
            upstream.SetDocument("ser.env", PolledProxy.Document("first", static document => document["updated_at"] = "2099-01-01T00:00:00Z"));
            upstream.Behaviour = context => AnswerByDateAsync(upstream, context, new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
        });

        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));
        await polled.PollTimesAsync(3);

        Assert.Equal("second", await polled.PlainAsync());
    }

    private static async Task AnswerByDateAsync(FakeUpstream upstream, HttpContext context, DateTimeOffset modified)
    {
        upstream.GivesEntityTags = false;
        if (DateTimeOffset.TryParse(context.Request.Headers.IfModifiedSince, CultureInfo.InvariantCulture, out var since) && modified <= since)
        {
            await Answer(context, 304);
            return;
        }

        await upstream.AnswerWithDocumentAsync(context);
    }

    private static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static UpstreamFault Raw(string headers) => new("odd headers", "", (context, document) => UpstreamFaults.WriteRawAsync(
        context, $"HTTP/1.1 200 OK\r\n{headers}Content-Length: {document.Length}\r\nConnection: close\r\n\r\n", document));

    private static void AssertUnconditional(RecordedRequest request)
    {
        Assert.Equal("", request.Header("If-None-Match"));
        Assert.Equal("", request.Header("If-Modified-Since"));
    }
}
