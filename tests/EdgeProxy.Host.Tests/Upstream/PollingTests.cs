using System.Text.Json.Nodes;
using EdgeProxy.Host.Logging;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>The proxy against an upstream that behaves (docs/spec/upstream-api.md 2); see MisbehavingUpstreamTests for one that does not.</summary>
public sealed class PollingTests
{
    [Fact]
    public async Task Poll_First_AsksForTheWholeWithTheServerKey()
    {
        await using var polled = await PolledProxy.StartAsync();

        var request = polled.Upstream.Requests.First();
        Assert.Equal("GET", request.Method);
        Assert.Equal("/api/v1/environment-document/", request.Target);
        Assert.Equal("ser.env", request.Header("X-Environment-Key"));
        Assert.StartsWith("EdgeProxy/", request.Header("User-Agent"), StringComparison.Ordinal);
        Assert.Equal("gzip, br", request.Header("Accept-Encoding"));
        Assert.Equal("", request.Header("If-None-Match"));
        Assert.Equal("", request.Header("If-Modified-Since"));
        Assert.Equal("first", await polled.PlainAsync());
    }

    [Fact]
    public async Task Poll_Second_ConditionalWithTheDocumentsOwnTime()
    {
        await using var polled = await PolledProxy.StartAsync();

        await polled.PollAsync();

        var request = polled.Upstream.Requests.Last();
        Assert.NotEqual("", request.Header("If-None-Match"));
        Assert.Equal("Sun, 01 Nov 2026 12:00:00 GMT", request.Header("If-Modified-Since"));
    }

    [Theory]
    [InlineData("Tue, 03 Nov 2026 01:02:03 GMT", "Sun, 01 Nov 2026 12:00:00 GMT")]
    [InlineData("Sat, 31 Oct 2026 01:02:03 GMT", "Sat, 31 Oct 2026 01:02:03 GMT")]
    public async Task Poll_UpstreamGivesADate_TheOlderOfItAndTheDocumentsOwnTimeIsSentBack(string lastModified, string expected)
    {
        await using var polled = await PolledProxy.StartAsync(prepare: upstream =>
        {
            upstream.LastModified = lastModified;
            upstream.GivesEntityTags = false;
        });

        await polled.PollAsync();

        Assert.Equal(expected, polled.Upstream.Requests.Last().Header("If-Modified-Since"));
        Assert.Equal("", polled.Upstream.Requests.Last().Header("If-None-Match"));
    }

    [Fact]
    public async Task Poll_DocumentChanged_Served()
    {
        await using var polled = await PolledProxy.StartAsync();

        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second"));
        await polled.PollAsync();

        Assert.Equal("second", await polled.PlainAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Poll_DocumentUnchanged_NotCompiledAgain(bool givesEntityTags)
    {
        await using var polled = await PolledProxy.StartAsync(prepare: upstream => upstream.GivesEntityTags = givesEntityTags);
        var before = polled.Environment.Current;

        await polled.PollAsync();
        await polled.PollAsync();

        Assert.Same(before, polled.Environment.Current);
        Assert.Equal(polled.Time.GetUtcNow(), polled.Environment.Freshness.Fetched!.Value);
        Assert.Single(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.EnvironmentPublished);
    }

    [Fact]
    public async Task Poll_DocumentOfAnotherEnvironment_ServedWithAWarning()
    {
        var document = PolledProxy.Document("first", static document => document["api_key"] = "somebody-else");
        await using var polled = await PolledProxy.StartAsync(prepare: upstream => upstream.SetDocument("ser.env", document));

        var entry = await polled.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.EnvironmentKeyDiffers);

        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Equal("first", await polled.PlainAsync());
    }

    [Fact]
    public async Task Poll_InvalidPart_LeftOutWithAWarningThatSaysWhere()
    {
        var document = PolledProxy.Document("first", static document => document["feature_states"]![1]!.AsObject().Remove("feature_state_value"));
        await using var polled = await PolledProxy.StartAsync(prepare: upstream => upstream.SetDocument("ser.env", document));

        var entry = await polled.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.EnvironmentProblem);

        Assert.Contains("$.feature_states[1].feature_state_value", entry.Message, StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse(await polled.Proxy.GetAsync("/api/v1/flags/", "env"))!.AsArray().Count);
    }
}
