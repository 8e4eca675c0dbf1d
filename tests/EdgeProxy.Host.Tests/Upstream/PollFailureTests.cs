using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Testing.Faults;
using EdgeProxy.Host.Upstream;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>Effects of one environment's failures on others, and on the log (docs/spec/upstream-api.md 1.6, 1.7 and 3.2).</summary>
public sealed class PollFailureTests : IAsyncLifetime
{
    // Waits between polls, which a test may wait for; never near the time that a request may take.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(31);

    private readonly ManualTimeProvider _time = new();
    private FakeUpstream _upstream = null!;

    public async Task InitializeAsync() => _upstream = await FakeUpstream.StartAsync();

    public async Task DisposeAsync() => await _upstream.DisposeAsync();

    [Fact]
    public async Task Poll_UpstreamHangs_GivenUpAfterTheTimeoutAndNoOtherEnvironmentWaits()
    {
        var hangs = UpstreamFaults.Named("hangs before the head");
        _upstream.SetDocument("ser.one", Document("one"));
        _upstream.SetDocument("ser.two", Document("two"));
        _upstream.Behaviour = context =>
            context.Request.Headers["X-Environment-Key"] == "ser.one" ? hangs.AnswerAsync(context, []) : _upstream.AnswerWithDocumentAsync(context);
        await using var proxy = await StartAsync(TimeSpan.FromSeconds(5), "one", "two");
        await _upstream.WaitForRequestsAsync(2);
        await Patience.UntilAsync(() => proxy.Registry.Environments[1].Current is not null, "the other environment");

        _time.Advance(TimeSpan.FromSeconds(5));
        var entry = await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.FetchFailed);
        Assert.Contains("no answer within 5 s", entry.Message, StringComparison.Ordinal);

        _upstream.Behaviour = null;
        await Patience.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return proxy.Registry.Environments[0].Current is not null;
            },
            "the first load");
    }

    [Fact]
    public async Task Poll_KeyRefused_SaidOnceWithoutTheKeyAndSummedUpAMinuteLater()
    {
        _upstream.Behaviour = FakeUpstream.Status(403);
        await using var proxy = await StartAsync(TimeSpan.FromHours(1), "environment-secret-key");
        for (var round = 2; round <= 5; round++)
        {
            await _upstream.WaitForRequestsAsync(round - 1);
            await _time.WaitForWaiterAsync(ShortestWait, LongestWait);
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        var entries = proxy.Log.Entries.Where(static entry => entry.EventId == EventIds.ServerSideKeyRejected).ToList();
        var entry = Assert.Single(entries);
        Assert.Equal(LogLevel.Error, entry.Level);
        Assert.Contains("environm…", entry.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", entry.Message, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(60));
        var summary = await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.FetchTroubleSummary);
        Assert.Matches(@"^1 environment not updated \(environm…\): 1 HTTP 403 from http://127\.0\.0\.1:[0-9]+; 1 never loaded, requests with its keys get 503$", summary.Message);
        Assert.Single(proxy.Log.Entries, static entry => entry.EventId == EventIds.ServerSideKeyRejected);
    }

    private static byte[] Document(string key) => Encoding.UTF8.GetBytes(Documents.Small(key).ToJsonString());

    private Task<TestProxy> StartAsync(TimeSpan timeout, params string[] keys) => TestProxy.StartAsync(
        new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(_upstream.Address, "/api/v1"), ApiPollTimeout = timeout },
            EnvironmentKeyPairs = [.. keys.Select(static key => new EnvironmentKeyPairOptions($"ser.{key}", key))],
        },
        _time);
}
