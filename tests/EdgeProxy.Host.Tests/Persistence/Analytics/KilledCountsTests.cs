using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Analytics;
using Xunit.Abstractions;

namespace EdgeProxy.Host.Tests.Persistence.Analytics;

/// <summary>
/// The real program, killed at any moment while it counts: each kill loses at most what was counted in one interval, and
/// nothing is counted twice (docs/spec/analytics.md 2.4).
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class KilledCountsTests(ITestOutputHelper output)
{
    private const int Seed = 20261128;
    private const int Rounds = 4;
    private const string Body = """{"plain":1}""";

    // An interval of 1 s, a tenth more, and time for a busy machine.
    private static readonly TimeSpan LongestLoss = TimeSpan.FromSeconds(1 + 0.1 + 0.9);

    private readonly Random _random = new(Seed);
    private readonly List<long> _posted = [];

    [Theory]
    [InlineData(503)]
    [InlineData(0)] // resets the connection
    [InlineData(-1)] // does not answer
    [InlineData(200)]
    public async Task Killed_AtRandomMoments_AtMostAnIntervalIsLostAndNothingCountedTwice(int status)
    {
        using var directory = new TemporaryDirectory();
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.env", Encoding.UTF8.GetBytes(Documents.Small("env").ToJsonString()));
        var taken = 0L;
        var current = status;
        upstream.Behaviour = async context =>
        {
            if (context.Request.Path != AnalyticsProxy.Path)
            {
                await upstream.AnswerWithDocumentAsync(context);
                return;
            }

            switch (Volatile.Read(ref current))
            {
                case 0:
                    context.Abort();
                    break;
                case -1:
                    await ColdStart.HangAsync(context);
                    break;
                case 200:
                    Interlocked.Add(ref taken, SumOf(upstream.Requests.Last(static request => request.Target == AnalyticsProxy.Path)));
                    break;
                default:
                    context.Response.StatusCode = status;
                    break;
            }
        };

        var mayBeLost = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var program = Start(upstream.Address, directory.Path);
            using var client = new HttpClient { BaseAddress = await program.ReadAddressAsync() };
            var started = TimeProvider.System.GetTimestamp();
            var length = TimeSpan.FromSeconds(1.5 + (2.5 * _random.NextDouble()));
            while (TimeProvider.System.GetElapsedTime(started) < length)
            {
                await PostAsync(client);
            }

            await program.KillAsync();
            var killed = TimeProvider.System.GetTimestamp();
            mayBeLost += _posted.Count(at => TimeProvider.System.GetElapsedTime(at, killed) < LongestLoss);
        }

        Volatile.Write(ref current, 200);
        using (var program = Start(upstream.Address, directory.Path))
        {
            using var client = new HttpClient { BaseAddress = await program.ReadAddressAsync() };
            await Patience.UntilAsync(() => !Directory.EnumerateFiles(directory.Path, "*.counts").Any(), "everything to be delivered");
            Assert.Equal(0, await program.StopAsync());
        }

        output.WriteLine($"{_posted.Count} counted, {taken} delivered, {mayBeLost} may be lost in {Rounds} kills");
        Assert.InRange(taken, _posted.Count - mayBeLost, _posted.Count);
        Assert.True(mayBeLost < _posted.Count, "The rounds are too short to show anything.");
        Assert.DoesNotContain(Directory.GetFiles(directory.Path), static file => file.Contains(".counts", StringComparison.Ordinal));
    }

    private static EdgeProxyProcess Start(Uri upstream, string directory) => EdgeProxyProcess.Start(
        [
            ("API_URL", new Uri(upstream, "/api/v1").AbsoluteUri),
            ("ENVIRONMENT_KEY_PAIRS", """[{"server_side_key":"ser.env","client_side_key":"env"}]"""),
            ("SERVER_SHUTDOWN_DELAY_SECONDS", "0"),
            ("ANALYTICS_FLUSH_INTERVAL_SECONDS", "1"),
            ("SNAPSHOT_DIRECTORY", directory),
        ],
        "--host", "127.0.0.1", "--port", "0");

    private static long SumOf(RecordedRequest report) => JsonDocument.Parse(report.Body).RootElement.EnumerateObject().Sum(static entry => entry.Value.GetInt64());

    private async Task PostAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AnalyticsProxy.Path) { Content = new StringContent(Body) };
        request.Headers.Add("X-Environment-Key", "env");
        using var response = await client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode);
        _posted.Add(TimeProvider.System.GetTimestamp());
        await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
    }
}
