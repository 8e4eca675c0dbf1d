using System.Text;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Reports;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>
/// EdgeProxy on one core and on two, in turns, with counters of the system and of the runtime. The machine
/// has two, so the load shares them when the proxy has both; for comparison it also shares the core when the proxy has one.
/// </summary>
internal sealed class ScalingComparison
{
    private static readonly Placement[] Placements =
    [
        new("one core, load on the other", Cores.Server, Cores.Load),
        new("one core, load on the same", Cores.Server, Cores.Server),
        new("two cores, load on the same", Cores.Both, Cores.Both),
    ];

    private readonly ComparisonSettings _settings;

    public ScalingComparison(ComparisonSettings settings)
    {
        _settings = settings;
    }

    /// <summary>Measures; returns a table for each scenario in Markdown.</summary>
    public async Task<string> RunAsync(IEnumerable<Scenario> scenarios)
    {
        var text = new StringBuilder();
        foreach (var scenario in scenarios)
        {
            var table = await RunAsync(scenario);
            Console.WriteLine(table);
            text.Append(table).AppendLine();
        }

        return text.ToString();
    }

    private async Task<string> RunAsync(Scenario scenario)
    {
        using var directory = new TemporaryDirectory();
        var document = directory.Write("environment.json", scenario.Environment.Document());
        var servers = new List<ServerProcess>();
        try
        {
            foreach (var placement in Placements)
            {
                servers.Add(await MeasuredServers.StartCommandAsync(
                    placement.Name,
                    ["taskset", "-c", placement.ServerCores, .. Programs.Command(Programs.Proxy), "--environment-document", document],
                    scenario.Question));
            }

            await new Turns(_settings).WarmAsync(scenario.Question, servers);
            return ScalingTable.Render(scenario.Name, [.. Placements.Select(static placement => placement.Name)], await TakeAsync(scenario.Question, servers));
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private async Task<List<CountedTurn>[]> TakeAsync(HttpQuestion question, List<ServerProcess> servers)
    {
        var turns = new Turns(_settings with { Rounds = 1 });
        var taken = Placements.Select(static _ => new List<CountedTurn>()).ToArray();
        for (var round = 0; round < _settings.Rounds; round++)
        {
            for (var i = 0; i < servers.Count; i++)
            {
                var before = await ServerCounters.ReadAsync(servers[i]);
                var sample = (await turns.TakeAsync(new H2Load(cores: Placements[i].LoadCores), question, [servers[i]]))[0][0];
                taken[i].Add(new CountedTurn(sample, before, await ServerCounters.ReadAsync(servers[i])));
            }
        }

        return taken;
    }
}
