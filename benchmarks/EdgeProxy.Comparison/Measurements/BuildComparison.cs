using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Reports;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>Another build of EdgeProxy beside the one of this repository with the shared runtime, in turns.</summary>
internal sealed class BuildComparison
{
    private const double MaxCost = 1.05;

    private readonly Turns _turns;
    private readonly IReadOnlyList<ILoadTool> _tools;
    private readonly string _program;

    /// <param name="settings">The settings of the measurement.</param>
    /// <param name="tools">The load generators.</param>
    /// <param name="program">The path of the other build: an executable file or an assembly.</param>
    public BuildComparison(ComparisonSettings settings, IReadOnlyList<ILoadTool> tools, string program)
    {
        _turns = new Turns(settings);
        _tools = tools;
        _program = program;
    }

    /// <summary>Measures; returns the table in Markdown.</summary>
    /// <exception cref="InvalidOperationException">There is no such program.</exception>
    public async Task<string> RunAsync(IEnumerable<Scenario> scenarios)
    {
        if (!File.Exists(_program))
        {
            throw new InvalidOperationException($"There is no {_program}; deploy/publish makes one.");
        }

        var table = new RatioTable();
        foreach (var scenario in scenarios)
        {
            await RunAsync(scenario, table);
        }

        return table.ToString();
    }

    private async Task RunAsync(Scenario scenario, RatioTable table)
    {
        using var directory = new TemporaryDirectory();
        var document = directory.Write("environment.json", scenario.Environment.Document());
        await using var other = await StartAsync("the other build", _program);
        await using var here = await StartAsync("EdgeProxy", Programs.Proxy);
        ServerProcess[] servers = [other, here];
        foreach (var server in servers)
        {
            await scenario.Question.MeasureAnswerAsync(server.Address);
        }

        await _turns.WarmAsync(scenario.Question, servers);
        foreach (var tool in _tools)
        {
            var samples = await _turns.TakeAsync(tool, scenario.Question, servers);
            Console.WriteLine(table.Add(scenario.Name, tool.Name, MaxCost, samples[0], samples[1]));
        }

        Task<ServerProcess> StartAsync(string name, string program) =>
            MeasuredServers.StartCommandAsync(name, [.. Programs.Command(program), "--environment-document", document], scenario.Question);
    }
}
