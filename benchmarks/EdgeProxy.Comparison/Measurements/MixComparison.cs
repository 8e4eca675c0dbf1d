using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Reports;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;
using EdgeProxy.Workloads;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>EdgeProxy beside the bare server, and a peer if there is one, over the endpoint mix.</summary>
internal sealed class MixComparison
{
    private const int PollSeconds = 10;

    private readonly Turns _turns;
    private readonly IReadOnlyList<ILoadTool> _tools;
    private readonly PeerServer? _peer;
    private readonly int _standInPort;
    private readonly RatioTable _table;
    private readonly RatioTable _peerTable = new();

    /// <param name="settings">The settings of the measurement.</param>
    /// <param name="tools">The load generators.</param>
    /// <param name="peer">Another server; null for none.</param>
    /// <param name="standInPort">The port of the stand-in for the API.</param>
    /// <param name="column">The heading of the column with what rows of a request differ in.</param>
    public MixComparison(ComparisonSettings settings, IReadOnlyList<ILoadTool> tools, PeerServer? peer, int standInPort, string column = "load")
    {
        _table = new RatioTable(column);
        _standInPort = standInPort;
        _turns = new Turns(settings);
        _tools = tools;
        _peer = peer;
    }

    /// <summary>Measures; returns the tables in Markdown.</summary>
    public async Task<string> RunAsync(IEnumerable<Scenario> scenarios)
    {
        foreach (var scenario in scenarios)
        {
            await RunAsync(scenario);
        }

        return _peer is null ? _table.ToString() : $"{_table}\nThe peer, as multiples of EdgeProxy:\n\n{_peerTable}";
    }

    private async Task RunAsync(Scenario scenario)
    {
        using var directory = new TemporaryDirectory();
        var certificate = directory.Write("certificate.pem", MeasuredCertificate.Pem);
        await using var standIn = scenario.IsPolled ? await ApiStandIn.StartAsync(_standInPort) : null;
        await using var proxy = standIn is null ? await StartAsync("EdgeProxy", scenario.Environment.Shape) : await StartPolledAsync(standIn);
        var answerBytes = await scenario.Question.MeasureAnswerAsync(proxy.Address);
        await using var other = scenario.Other is { } shape
            ? await StartAsync("EdgeProxy, other", shape, scenario.IsOtherWithoutDetails)
            : await ProtocolServers.StartBareAsync(scenario.Question, answerBytes, certificate);

        // A peer may not have them all.
        List<(IMeasuredServer Server, HttpQuestion Question)> servers = [(proxy, scenario.Question), (other, scenario.OtherQuestion ?? scenario.Question)];
        if (_peer is not null && scenario.Other is null && await scenario.Question.IsAnsweredAsync(_peer.Address))
        {
            servers.Add((_peer, scenario.Question));
        }

        await _turns.WarmAsync(servers);
        foreach (var tool in _tools)
        {
            var samples = await _turns.TakeAsync(tool, servers);
            var load = scenario.Question.Protocol == ClientProtocol.Plain ? tool.Name : scenario.Question.Protocol.Name;
            Console.WriteLine(_table.Add(scenario.Name, load, scenario.Target, samples[0], samples[1]));
            if (servers.Count > 2)
            {
                Console.WriteLine(_peerTable.Add(scenario.Name, tool.Name, target: null, samples[2], samples[0]));
            }
        }

        Task<ServerProcess> StartPolledAsync(ApiStandIn api)
        {
            api.Serve(scenario.Environment.ServerSideKey, scenario.Environment.Document());
            var configuration = directory.Write("polled.json", api.Configuration([scenario.Environment], PollSeconds));
            return ProtocolServers.StartProxyAsync("EdgeProxy", scenario.Question with { Path = "/api/v1/flags/", Body = null }, certificate, "--config", configuration);
        }

        Task<ServerProcess> StartAsync(string name, EnvironmentShape shape, bool withoutDetails = false)
        {
            var document = directory.Write($"{name}.json", DocumentMaker.Make(shape, scenario.Environment.Key));
            string[] arguments = ["--environment-document", document];
            return ProtocolServers.StartProxyAsync(
                name,
                scenario.Question,
                certificate,
                withoutDetails ? [.. arguments, "--config", directory.Write("config.json", """{"flags":{"details":"none"}}"""u8.ToArray())] : arguments);
        }
    }
}
