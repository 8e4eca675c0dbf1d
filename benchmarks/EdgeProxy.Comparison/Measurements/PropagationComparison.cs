using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>
/// The time from the announcement of a change at the API to the first answer with it: by push, by stream, and through a
/// second EdgeProxy. The document has 300 KB.
/// </summary>
internal static class PropagationComparison
{
    private const string Token = "the-token-of-the-api";

    // A document is fetched at most once a second because of announcements.
    private static readonly TimeSpan BetweenChanges = TimeSpan.FromSeconds(1.1);

    // A client that asks without a pause keeps the proxy's core busy: it would measure the time that it takes from the proxy.
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(1);
    private const string ChangingFlag = "/api/v1/flags/?feature=feature_1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly double[] Quantiles = [0.5, 0.9, 0.99, 1];
    private static readonly MeasuredEnvironment Environment = MeasuredEnvironment.Heavy;
    private static readonly HttpQuestion Ready = new("/api/v1/flags/", Environment.ServerSideKey);

    /// <summary>Measures; returns the table in Markdown.</summary>
    /// <param name="port">The port of the stand-in for the API.</param>
    /// <param name="changes">The number of changes of each row.</param>
    public static async Task<string> RunAsync(int port, int changes)
    {
        using var directory = new TemporaryDirectory();
        await using var api = await ApiStandIn.StartAsync(port);
        api.Serve(Environment.ServerSideKey, Environment.Document());
        var root = new Uri(api.Address, "/");
        var table = new StringBuilder().AppendLine("| | p50 | p90 | p99 | longest | targets |").AppendLine("| --- | --- | --- | --- | --- | --- |");

        await using (var pushed = await StartAsync("push", directory, api.Address, ""))
        {
            Report("push", await MeasureAsync(api, pushed, changes, time => PushAsync(pushed, time)), (0.5, 50), (0.99, 250));
        }

        api.Serve(Environment.ServerSideKey, Environment.Document());
        await using (var streamed = await StartAsync("stream", directory, api.Address, $", \"url\": \"{root}\""))
        {
            await UntilAsync(() => api.Streams == 1);
            Report("stream", await MeasureAsync(api, streamed, changes, api.AnnounceAsync), (0.5, 50), (0.99, 250));
        }

        api.Serve(Environment.ServerSideKey, Environment.Document());
        await using (var hub = await StartAsync("hub", directory, api.Address, ""))
        await using (var follower = await StartAsync("follower", directory, new Uri(hub.Address, "/api/v1"), $", \"url\": \"{hub.Address}\""))
        {
            await Task.Delay(BetweenChanges, TimeProvider.System); // its stream is opened within 50 ms
            Report("hub and follower", await MeasureAsync(api, follower, changes, time => PushAsync(hub, time)), (0.99, 500));
        }

        return table.ToString();

        void Report(string name, double[] milliseconds, params (double Quantile, double Max)[] targets)
        {
            var misses = targets.Where(target => At(milliseconds, target.Quantile) > target.Max).Select(static target => $"p{target.Quantile * 100:0}").ToList();
            var row = string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {string.Join(" | ", Quantiles.Select(quantile => $"{At(milliseconds, quantile):0.0} ms"))} | {(misses.Count == 0 ? "met" : $"missed: {string.Join(", ", misses)}")} |");
            Console.WriteLine(row);
            Console.WriteLine(string.Join(' ', milliseconds.Select(static time => time.ToString("0.0", CultureInfo.InvariantCulture))));
            table.AppendLine(row);
        }
    }

    /// <summary>The value below which a share of sorted values is.</summary>
    /// <param name="sorted">The values, in ascending order.</param>
    /// <param name="quantile">The share.</param>
    internal static double At(double[] sorted, double quantile) => sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Length) - 1)];

    private static async Task<ServerProcess> StartAsync(string name, TemporaryDirectory directory, Uri api, string realtime)
    {
        var configuration = $$"""
            {
              "api_url": "{{api}}",
              "api_poll_frequency_seconds": 3600,
              "environment_key_pairs": [{"server_side_key": "{{Environment.ServerSideKey}}", "client_side_key": "{{Environment.Key}}"}],
              "realtime": {"token": "{{Token}}", "ignore_project_setting": true, "fetch_jitter_seconds": 0, "max_stream_age_seconds": 0{{realtime}}}
            }
            """;
        return await MeasuredServers.StartProxyAsync(name, Ready, "--config", directory.Write($"{name}.json", Encoding.UTF8.GetBytes(configuration)));
    }

    /// <summary>Announces changes and asks until each is served.</summary>
    /// <returns>The times in milliseconds, in ascending order.</returns>
    private static async Task<double[]> MeasureAsync(ApiStandIn api, ServerProcess proxy, int changes, Func<double, Task> announceAsync)
    {
        using var client = new HttpClient { BaseAddress = proxy.Address, DefaultRequestHeaders = { { "X-Environment-Key", Environment.ServerSideKey } } };
        var times = new List<double>();
        for (var revision = 1; revision <= changes; revision++)
        {
            var served = Encoding.UTF8.GetBytes($"\"value_1.{revision}\"");
            api.Serve(Environment.ServerSideKey, Environment.Document(revision));
            var watch = Stopwatch.StartNew();
            var announced = announceAsync((MeasuredEnvironment.UpdatedAt(revision) - DateTime.UnixEpoch).TotalSeconds);
            while ((await client.GetByteArrayAsync(ChangingFlag)).AsSpan().IndexOf(served) < 0)
            {
                if (watch.Elapsed > Patience)
                {
                    throw new InvalidOperationException($"{proxy.Name} did not serve change {revision}.");
                }

                await Task.Delay(BetweenQuestions, TimeProvider.System);
            }

            times.Add(watch.Elapsed.TotalMilliseconds);
            await announced;
            await Task.Delay(BetweenChanges, TimeProvider.System);
        }

        return [.. times.Order()];
    }

    private static async Task PushAsync(ServerProcess proxy, double updatedAt)
    {
        using var client = new HttpClient { BaseAddress = proxy.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Token", Token) } };
        using var body = new StringContent(string.Create(CultureInfo.InvariantCulture, $"{{\"updated_at\": {updatedAt}}}"));
        using var response = await client.PostAsync($"/sse/environments/{Environment.Key}/queue-change", body);
        response.EnsureSuccessStatusCode();
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var watch = Stopwatch.StartNew(); !holds(); await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System))
        {
            if (watch.Elapsed > Patience)
            {
                throw new InvalidOperationException("The proxy opened no stream.");
            }
        }
    }
}
