using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>
/// Takes turns: A B A B…, so that whatever else the machine does in the meantime meets both, and only what is taken in the
/// same round is compared.
/// </summary>
internal sealed class Turns
{
    private readonly ComparisonSettings _settings;

    public Turns(ComparisonSettings settings)
    {
        _settings = settings;
    }

    /// <summary>Sends load to each server until it has compiled what it will compile.</summary>
    public Task WarmAsync(HttpQuestion question, IReadOnlyList<IMeasuredServer> servers) => WarmAsync(Ask(question, servers));

    /// <summary>The same with a question for each server.</summary>
    public async Task WarmAsync(IReadOnlyList<(IMeasuredServer Server, HttpQuestion Question)> asked)
    {
        foreach (var (server, question) in asked)
        {
            await WarmUpTool(question).RunAsync(server.Address, question, _settings.Connections, _settings.WarmUp);
        }
    }

    /// <summary>Takes the samples.</summary>
    /// <returns>A list of samples for each server, in the order of the servers; one sample a round.</returns>
    /// <exception cref="InvalidOperationException">A request failed: whatever was measured then, it was not this.</exception>
    public Task<IReadOnlyList<Sample>[]> TakeAsync(ILoadTool tool, HttpQuestion question, IReadOnlyList<IMeasuredServer> servers) =>
        TakeAsync(tool, Ask(question, servers));

    /// <summary>The same with a question for each server.</summary>
    public async Task<IReadOnlyList<Sample>[]> TakeAsync(ILoadTool tool, IReadOnlyList<(IMeasuredServer Server, HttpQuestion Question)> asked)
    {
        var samples = asked.Select(static _ => new List<Sample>()).ToArray();
        for (var round = 0; round < _settings.Rounds; round++)
        {
            for (var i = 0; i < asked.Count; i++)
            {
                samples[i].Add(await TakeOneAsync(tool, asked[i].Question, asked[i].Server));
            }
        }

        return samples;
    }

    private static (IMeasuredServer Server, HttpQuestion Question)[] Ask(HttpQuestion question, IReadOnlyList<IMeasuredServer> servers) =>
        [.. servers.Select(server => (server, question))];

    private static ILoadTool WarmUpTool(HttpQuestion question) => question.Protocol == ClientProtocol.Plain ? new Wrk() : new H2Load();

    private async Task<Sample> TakeOneAsync(ILoadTool tool, HttpQuestion question, IMeasuredServer server)
    {
        var before = server.ProcessorTime;
        var load = await tool.RunAsync(server.Address, question, _settings.Connections, _settings.Turn);
        var after = server.ProcessorTime;
        return load is { Failures: 0, Requests: > 0 }
            ? new Sample(load, after - before)
            : throw new InvalidOperationException($"{server.Name}: {load.Failures} requests of {load.Requests + load.Failures} failed.");
    }
}
