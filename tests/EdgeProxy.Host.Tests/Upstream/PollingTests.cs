using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>upstream-api.md, "Environment document": the proxy against an upstream that behaves; see MisbehavingUpstreamTests for one that does not.</summary>
public sealed class PollingTests : IAsyncLifetime
{
    // The clock is moved past any wait between polls, and never near the time that a request may take, so that what a
    // test waits for is never the one for the other.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(31);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider _time = new();
    private FakeUpstream _upstream = null!;
    private TestProxy? _proxy;

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        _upstream.SetDocument("ser.env", Document(value: "first"));
    }

    public async Task DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Poll_First_AsksForTheWholeWithTheServerKey()
    {
        await StartAsync();

        var request = _upstream.Requests.First();
        Assert.Equal("GET", request.Method);
        Assert.Equal("/api/v1/environment-document/", request.Target);
        Assert.Equal("ser.env", request.Header("X-Environment-Key"));
        Assert.StartsWith("EdgeProxy/", request.Header("User-Agent"), StringComparison.Ordinal);
        Assert.Equal("gzip, br", request.Header("Accept-Encoding"));
        Assert.Equal("", request.Header("If-None-Match"));
        Assert.Equal("", request.Header("If-Modified-Since"));
        Assert.Equal("first", await PlainAsync());
    }

    [Fact]
    public async Task Poll_Second_ConditionalWithTheDocumentsOwnTime()
    {
        await StartAsync();

        await PollAgainAsync();

        var request = _upstream.Requests.Last();
        Assert.NotEqual("", request.Header("If-None-Match"));
        Assert.Equal("Sun, 01 Nov 2026 12:00:00 GMT", request.Header("If-Modified-Since"));
    }

    [Fact]
    public async Task Poll_UpstreamGivesADate_ThatIsSentBack()
    {
        _upstream.LastModified = "Tue, 03 Nov 2026 01:02:03 GMT";
        _upstream.GivesEntityTags = false;
        await StartAsync();

        await PollAgainAsync();

        Assert.Equal("Tue, 03 Nov 2026 01:02:03 GMT", _upstream.Requests.Last().Header("If-Modified-Since"));
        Assert.Equal("", _upstream.Requests.Last().Header("If-None-Match"));
    }

    [Fact]
    public async Task Poll_DocumentChanged_Served()
    {
        await StartAsync();

        _upstream.SetDocument("ser.env", Document(value: "second"));
        await PollAgainAsync();

        await Patience.UntilAsync(() => PlainAsync().Result == "second", "the change");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Poll_DocumentUnchanged_NotCompiledAgain(bool givesEntityTags)
    {
        _upstream.GivesEntityTags = givesEntityTags;
        await StartAsync();
        var before = _proxy!.Registry.Environments[0].Current;

        await PollAgainAsync();
        await PollAgainAsync();

        Assert.Same(before, _proxy.Registry.Environments[0].Current);
        Assert.Equal(_time.GetUtcNow(), _proxy.Registry.Environments[0].Freshness.Fetched!.Value);
        Assert.Single(_proxy.Log.Entries, static entry => entry.EventId == EventIds.EnvironmentPublished);
    }

    [Fact]
    public async Task Poll_UpstreamHangs_GivenUpAfterTheTimeoutAndNoOtherEnvironmentWaits()
    {
        _upstream.SetDocument("ser.two", Document(value: "two", key: "two"));
        _upstream.Behaviour = async context =>
        {
            if (context.Request.Headers["X-Environment-Key"] == "ser.env")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            }

            await _upstream.AnswerWithDocumentAsync(context);
        };
        await StartAsync(waitUntilLoaded: false, TimeSpan.FromSeconds(5), "env", "two");
        await _upstream.WaitForRequestsAsync(2);
        await Patience.UntilAsync(() => _proxy!.Registry.Environments[1].Current is not null, "the other environment");

        _time.Advance(TimeSpan.FromSeconds(5));
        var entry = await _proxy!.Log.WaitForAsync(static entry => entry.EventId == EventIds.FetchFailed);
        Assert.Contains("no answer within 5 s", entry.Message, StringComparison.Ordinal);

        _upstream.Behaviour = null;
        await Patience.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return _proxy.Registry.Environments[0].Current is not null;
            },
            "the first load");
    }

    [Fact]
    public async Task Poll_KeyRefused_SaidOnceAMinuteWithoutTheKey()
    {
        _upstream.SetDocument("ser.environment-secret-key", Document(value: "first", key: "environment-key"));
        _upstream.Behaviour = static context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        };
        await StartAsync(waitUntilLoaded: false, timeout: null, "environment-secret-key");
        for (var round = 2; round <= 5; round++)
        {
            await _upstream.WaitForRequestsAsync(round - 1);
            await WaitForNextPollAsync();
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        var entries = _proxy!.Log.Entries.Where(static entry => entry.EventId == EventIds.FetchRefused).ToList();
        var entry = Assert.Single(entries);
        Assert.Equal(LogLevel.Error, entry.Level);
        Assert.Contains("environm…", entry.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", entry.Message, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(60));
        await Patience.UntilAsync(
            () => _proxy.Log.Entries.Count(static entry => entry.EventId == EventIds.FetchRefused) == 2, "the second word a minute later");
    }

    [Theory]
    [InlineData("</api/v1/environment-document/?page_id={0}>; rel=\"next\"")]
    [InlineData("<{1}api/v1/environment-document/?page_id={0}>; rel=next; title=\"a, b\"")]
    [InlineData("</elsewhere>; rel=\"prev\", <?page_id={0}>; REL=\"first next\"")]
    public async Task Poll_Pages_OverridesOfAllPages(string link)
    {
        _upstream.Behaviour = context => AnswerPageAsync(context, link, pages: 3);
        await StartAsync();

        foreach (var identifier in new[] { "page0", "page1", "page2" })
        {
            var answer = await _proxy!.GetAsync($"/api/v1/identities/?identifier={identifier}", "env");
            Assert.Contains($"\"own {identifier}\"", answer, StringComparison.Ordinal);
        }

        Assert.Equal("", _upstream.Requests.Last().Header("If-None-Match"));
        Assert.Equal(3, _upstream.Requests.Count);
        var merged = JsonNode.Parse(await _proxy!.GetAsync("/api/v1/environment-document/", "ser.env"))!;
        Assert.Equal(3, merged["identity_overrides"]!.AsArray().Count);
        Assert.NotNull(merged["unknown"]);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Poll_RedirectOnTheSameHost_Followed(int status)
    {
        _upstream.Behaviour = async context =>
        {
            if (context.Request.Path == "/api/v1/environment-document/" && !context.Request.Query.ContainsKey("again"))
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = "/api/v1/environment-document/?again=1";
                return;
            }

            await _upstream.AnswerWithDocumentAsync(context);
        };

        await StartAsync();

        Assert.Equal("first", await PlainAsync());
        Assert.Equal("ser.env", _upstream.Requests.Last().Header("X-Environment-Key"));
    }

    [Fact]
    public async Task Poll_RedirectToAnotherHost_RefusedAndTheKeyStays()
    {
        await using var other = await FakeUpstream.StartAsync();
        _upstream.Behaviour = context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = new Uri(other.Address, "/api/v1/environment-document/").AbsoluteUri;
            return Task.CompletedTask;
        };
        await StartAsync(waitUntilLoaded: false);

        var entry = await _proxy!.Log.WaitForAsync(static entry => entry.EventId == EventIds.FetchFailed);

        Assert.Contains("redirected to another host", entry.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Poll_DocumentOfAnotherEnvironment_ServedWithAWarning()
    {
        _upstream.SetDocument("ser.env", Document(value: "first", key: "somebody-else"));
        await StartAsync();

        var entry = await _proxy!.Log.WaitForAsync(static entry => entry.EventId == EventIds.EnvironmentKeyDiffers);

        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Equal("first", await PlainAsync());
    }

    [Fact]
    public async Task Poll_OddPart_LeftOutWithAWarningThatSaysWhere()
    {
        var document = Documents.Small("env");
        document["feature_states"]![1]!.AsObject().Remove("feature_state_value");
        _upstream.SetDocument("ser.env", Encoding.UTF8.GetBytes(document.ToJsonString()));
        await StartAsync();

        var entry = await _proxy!.Log.WaitForAsync(static entry => entry.EventId == EventIds.EnvironmentOddPart);

        Assert.Contains("$.feature_states[1].feature_state_value", entry.Message, StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse(await _proxy.GetAsync("/api/v1/flags/", "env"))!.AsArray().Count);
    }

    private static byte[] Document(string value, string key = "env")
    {
        var document = Documents.Small(key);
        document["feature_states"]![0]!["feature_state_value"] = value;
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    private async Task StartAsync(bool waitUntilLoaded = true, TimeSpan? timeout = null, params string[] keys)
    {
        var all = keys.Length == 0 ? ["env"] : keys;
        _proxy = await TestProxy.StartAsync(
            new ProxyOptions
            {
                ApiUrl = new Uri(_upstream.Address, "/api/v1"),
                EnvironmentKeyPairs = [.. all.Select(static key => new EnvironmentKeyPairOptions($"ser.{key}", key))],
                ApiPollTimeout = timeout ?? RequestTimeout,
                MaxDocumentBytes = 1024 * 1024,
            },
            _time);
        if (waitUntilLoaded)
        {
            await _proxy.WaitUntilLoadedAsync();
        }
    }

    /// <summary>Lets the proxy poll once more, to the end of that poll.</summary>
    private async Task PollAgainAsync()
    {
        await WaitForNextPollAsync();
        var before = _upstream.Requests.Count;
        _time.Advance(LongestWait);
        await _upstream.WaitForRequestsAsync(before + 1);
        await WaitForNextPollAsync();
    }

    private Task WaitForNextPollAsync() => _time.WaitForWaiterAsync(ShortestWait, LongestWait);

    private async Task<string?> PlainAsync() =>
        (string?)JsonNode.Parse(await _proxy!.GetAsync("/api/v1/flags/?feature=plain", "env"))!["feature_state_value"];

    private async Task AnswerPageAsync(HttpContext context, string link, int pages)
    {
        var page = int.Parse(context.Request.Query["page_id"].FirstOrDefault() ?? "0");
        var document = Documents.Small("env");
        document["identity_overrides"] = new JsonArray(
            Documents.Override($"page{page}", Documents.State(4, "targeted", true, $"own page{page}")));
        if (page > 0)
        {
            document["feature_states"] = new JsonArray(); // only overrides count on further pages
        }

        if (page + 1 < pages)
        {
            context.Response.Headers.Link = string.Format(null, link, page + 1, _upstream.Address);
        }

        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(document.ToJsonString()));
    }
}
