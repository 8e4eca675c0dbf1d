using System.Globalization;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Persistence;
using EdgeProxy.Host.Upstream;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>docs/spec/upstream-api.md 2.2: conditions never hide a change.</summary>
public sealed class ValidatorsTests
{
    private static readonly DateTimeOffset Date = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<int?, int?, bool, string?> Cases => new()
    {
        // seconds before Date of Last-Modified and of updated_at, whether there is an entity tag, the date to ask with
        { 10, 20, false, "Sun, 22 Nov 2026 09:59:40 GMT" }, // a header that is ahead of the body
        { 20, 10, false, "Sun, 22 Nov 2026 09:59:40 GMT" },
        { 10, null, false, "Sun, 22 Nov 2026 09:59:50 GMT" },
        { null, 10, false, "Sun, 22 Nov 2026 09:59:50 GMT" },
        { null, null, false, null },
        { 2, 2, false, "Sun, 22 Nov 2026 09:59:58 GMT" },
        { 1, 1, false, null }, // weak: may change again in that second
        { 0, null, false, null },
        { null, 1, false, null },
        { 1, 20, false, null },
        { 1, 1, true, "Sun, 22 Nov 2026 09:59:59 GMT" }, // the entity tag decides
        { -10, 20, false, "Sun, 22 Nov 2026 09:59:40 GMT" }, // to come
        { -10, -10, true, null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_Document_AsTheSpecificationSays(int? lastModified, int? updatedAt, bool hasTag, string? expected)
    {
        var document = new FetchedDocument([], Before(lastModified)?.ToString("R", CultureInfo.InvariantCulture), hasTag ? "\"tag\"" : null) { Date = Date };

        var conditions = Validators.Of(document, Before(updatedAt), Date + TimeSpan.FromDays(1));

        Assert.Equal(expected, conditions.IfModifiedSince);
        Assert.Equal(hasTag ? "\"tag\"" : null, conditions.IfNoneMatch);
    }

    [Fact]
    public void Of_PagesOfDifferentVersions_None() =>
        Assert.Equal(FetchConditions.None, Validators.Of(new FetchedDocument([], null, "\"tag\"") { IsOfOneVersion = false }, Before(10), Date));

    [Fact]
    public async Task Poll_HeaderAheadOfTheBody_TheChangeArrives()
    {
        // The API takes the date from the database, and the body from a replica that lags.
        await using var polled = await PolledProxy.StartAsync(prepare: static upstream =>
            upstream.Behaviour = context => AnswerByDateAsync(upstream, context, new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero)));

        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second", static document => document["updated_at"] = "2026-11-20T00:00:00Z"));
        await polled.PollAsync();

        Assert.Equal("second", await polled.PlainAsync());
    }

    [Fact]
    public async Task Poll_TwoChangesWithinASecond_BothArrive()
    {
        await using var polled = await PolledProxy.StartAsync(prepare: AnswerAsOfNow);

        polled.Upstream.SetDocument("ser.env", Now("second"));
        await polled.PollAsync();
        Assert.Equal("second", await polled.PlainAsync());

        // Once the second is over, nothing is sent again.
        await polled.PollTimesAsync(2);
        Assert.NotEqual("", polled.Upstream.Requests.Last().Header("If-Modified-Since"));
    }

    [Fact]
    public async Task Restart_TwoChangesWithinASecond_BothArrive()
    {
        await using var start = await ColdStart.CreateAsync();
        AnswerAsOfNow(start.Upstream);
        await start.StartAsync();
        await start.Proxy.WaitUntilLoadedAsync();
        await Patience.UntilAsync(() => start.Read() is not null, "the document on disk");
        await start.StopAsync();
        start.Upstream.SetDocument("ser.env", Now("second"));

        await start.StartAsync();

        await Patience.UntilAsync(() => start.Environment.Freshness.Origin == DocumentOrigin.Upstream, "the first poll");
        Assert.Equal("second", await start.PlainAsync());
    }

    [Fact]
    public async Task Child_TwoChangesWithinASecond_BothArrive()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.env", Now("first"));
        await using var parent = await Chaining.ProxyTree.StartProxyAsync(upstream.Address);
        await parent.WaitUntilLoadedAsync();
        await using var child = await Chaining.ProxyTree.StartProxyAsync(parent.Address);
        await child.WaitUntilLoadedAsync();

        upstream.SetDocument("ser.env", Now("second"));

        await Patience.UntilAsync(
            async () => (await child.GetAsync("/api/v1/flags/?feature=plain", "env")).Contains("\"second\"", StringComparison.Ordinal), "the second change at the child");
    }

    [Fact]
    public async Task Poll_RestoredDatabaseAndNoEntityTags_ServedAfterThreePolls()
    {
        // By date alone the API says "not modified" of every document that is not newer.
        var modified = Date - TimeSpan.FromMinutes(1);
        await using var polled = await PolledProxy.StartAsync(prepare: upstream =>
        {
            upstream.SetDocument("ser.env", ChangedAt(modified, "new"));
            upstream.Behaviour = context => AnswerByDateAsync(upstream, context, modified);
        });

        modified = Date - TimeSpan.FromMinutes(2);
        polled.Upstream.SetDocument("ser.env", ChangedAt(modified, "restored"));
        await polled.PollTimesAsync(2);
        Assert.Equal("new", await polled.PlainAsync());
        await polled.PollAsync();

        Assert.Equal("restored", await polled.PlainAsync());
    }

    private static byte[] ChangedAt(DateTimeOffset time, string value) =>
        PolledProxy.Document(value, document => document["updated_at"] = time.ToString("o", CultureInfo.InvariantCulture));

    private static DateTimeOffset? Before(int? seconds) => seconds is { } value ? Date - TimeSpan.FromSeconds(value) : null;

    private static byte[] Now(string value) => PolledProxy.Document(value, static document => document["updated_at"] = "2026-11-22T10:00:00.4Z");

    /// <summary>An upstream without entity tags whose document changed just now, to the second.</summary>
    private static void AnswerAsOfNow(FakeUpstream upstream)
    {
        upstream.SetDocument("ser.env", Now("first"));
        upstream.Behaviour = context => AnswerByDateAsync(upstream, context, Date);
    }

    private static async Task AnswerByDateAsync(FakeUpstream upstream, HttpContext context, DateTimeOffset modified)
    {
        upstream.GivesEntityTags = false;
        upstream.LastModified = modified.ToString("R", CultureInfo.InvariantCulture);
        if (DateTimeOffset.TryParse(context.Request.Headers.IfModifiedSince, CultureInfo.InvariantCulture, out var since) && modified <= since)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.Headers.LastModified = upstream.LastModified;
            return;
        }

        await upstream.AnswerWithDocumentAsync(context);
    }
}
