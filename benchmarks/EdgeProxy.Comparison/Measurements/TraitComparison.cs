using System.Text;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Reports;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;
using EdgeProxy.Workloads;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>EdgeProxy that forwards traits to an API that never answers, beside EdgeProxy that forwards none, in turns.</summary>
internal sealed class TraitComparison
{
    private const int PollSeconds = 3600;
    private const double MaxCost = 1.15;

    private static readonly (string Name, int Identities)[] Loads = [("one identity", 1), ("1,000 identities", 1000), ("10,000,000 identities", 10_000_000)];

    private readonly ComparisonSettings _settings;

    public TraitComparison(ComparisonSettings settings)
    {
        _settings = settings;
    }

    /// <summary>Measures; returns the table in Markdown.</summary>
    /// <param name="port">The port of the stand-in for the API.</param>
    public async Task<string> RunAsync(int port)
    {
        var environment = MeasuredEnvironment.Plain;
        await using var standIn = await ApiStandIn.StartAsync(port);
        standIn.Serve(environment.ServerSideKey, environment.Document());
        standIn.Hangs = true;
        using var directory = new TemporaryDirectory();
        var question = new HttpQuestion("/api/v1/identities/", environment.ServerSideKey, IdentityRequests.Plain);
        await using var forwarding = await StartAsync("forwarding", forwardsTraits: true);
        await using var other = await StartAsync("not forwarding", forwardsTraits: false);

        var turns = new Turns(_settings);
        var table = new RatioTable();
        var memory = new StringBuilder();
        foreach (var (name, identities) in Loads)
        {
            var load = question with { Numbered = "user-", Numbers = identities };
            await turns.WarmAsync(load, [forwarding, other]);
            var samples = await turns.TakeAsync(new Wrk(), load, [forwarding, other]);
            Console.WriteLine(table.Add($"POST /identities/ of {name}, forwarded against not", "wrk", MaxCost, samples[0], samples[1]));
            memory.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"- after {name}: {Megabytes(forwarding)} MB, {Megabytes(other)} MB without forwarding");
        }

        Console.Write(memory);
        return $"{table}\nMemory in RAM, with 10,000 identities waiting at most:\n\n{memory}";

        Task<ServerProcess> StartAsync(string name, bool forwardsTraits) => MeasuredServers.StartProxyAsync(
            name, question, "--config", directory.Write($"{name}.json", standIn.Configuration([environment], PollSeconds, forwardsTraits)));
    }

    private static long Megabytes(ServerProcess process) => process.ResidentBytes / (1024 * 1024);
}
