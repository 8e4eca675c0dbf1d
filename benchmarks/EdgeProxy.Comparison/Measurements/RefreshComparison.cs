using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Reports;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;
using EdgeProxy.Workloads;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>
/// Latency while a document of 5 MB is swapped in once a second, beside latency while the same document is fetched once a
/// second and found unchanged. One server, in turns.
/// </summary>
internal sealed class RefreshComparison
{
    private const int PollSeconds = 1;
    private const int Revisions = 4;
    private const double MaxP99 = 2;

    private readonly ComparisonSettings _settings;

    public RefreshComparison(ComparisonSettings settings)
    {
        _settings = settings;
    }

    /// <summary>Measures; returns the table in Markdown.</summary>
    /// <param name="port">The port of the stand-in for the API.</param>
    /// <param name="rates">Requests a second to ask with; null for as many as are answered.</param>
    public async Task<string> RunAsync(int port, IEnumerable<int?> rates)
    {
        var environment = MeasuredEnvironment.Large;
        byte[][] documents = [.. Enumerable.Range(0, Revisions).Select(environment.Document)];
        var question = new HttpQuestion("/api/v1/identities/", environment.ServerSideKey, IdentityRequests.Plain);
        await using var standIn = await ApiStandIn.StartAsync(port);
        standIn.Serve(environment.ServerSideKey, documents[0]);
        using var directory = new TemporaryDirectory();
        var configuration = directory.Write("config.json", standIn.Configuration([environment], PollSeconds));
        await using var proxy = await MeasuredServers.StartProxyAsync("EdgeProxy", question, "--config", configuration);

        await new Turns(_settings).WarmAsync(question, [proxy]);
        var table = new RatioTable();
        foreach (var rate in rates)
        {
            await MeasureAsync(rate, table);
        }

        return table.ToString();

        async Task MeasureAsync(int? rate, RatioTable table)
        {
            var turns = new Turns(_settings with { Rounds = 1 });
            var tool = new H2Load(rate);
            var still = new List<Sample>();
            var changing = new List<Sample>();
            for (var round = 0; round < _settings.Rounds; round++)
            {
                still.AddRange((await turns.TakeAsync(tool, question, [proxy]))[0]);
                using var changes = new Timer(NextDocument, null, TimeSpan.Zero, TimeSpan.FromSeconds(PollSeconds));
                changing.AddRange((await turns.TakeAsync(tool, question, [proxy]))[0]);
            }

            var name = rate is null ? "as many requests as are answered" : $"{rate:N0} requests a second";
            Console.WriteLine(table.Add($"{name}; refreshed each second against not", tool.Name, null, changing, still));
            var p99 = Spread.OfRatios(changing.Select(P99), still.Select(P99));
            Console.WriteLine($"p99 {p99}, target {MaxP99:0.0}: {(p99.Median <= MaxP99 ? "met" : "missed")}");
        }

        void NextDocument(object? state) => standIn.Serve(environment.ServerSideKey, documents[Random.Shared.Next(Revisions)]);

        static double P99(Sample sample) => sample.Load.P99.TotalMicroseconds;
    }
}
