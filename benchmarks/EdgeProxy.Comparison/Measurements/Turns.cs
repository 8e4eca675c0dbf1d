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
    public async Task WarmAsync(HttpQuestion question, IReadOnlyList<IMeasuredServer> servers)
    {
        foreach (var server in servers)
        {
            await new Wrk().RunAsync(server.Address, question, _settings.Connections, _settings.WarmUp);
        }
    }

    /// <summary>Takes the samples.</summary>
    /// <returns>A list of samples for each server, in the order of the servers; one sample a round.</returns>
    /// <exception cref="InvalidOperationException">A request failed: whatever was measured then, it was not this.</exception>
    public async Task<IReadOnlyList<Sample>[]> TakeAsync(ILoadTool tool, HttpQuestion question, IReadOnlyList<IMeasuredServer> servers)
    {
        var samples = servers.Select(static _ => new List<Sample>()).ToArray();
        for (var round = 0; round < _settings.Rounds; round++)
        {
            for (var i = 0; i < servers.Count; i++)
            {
                samples[i].Add(await TakeOneAsync(tool, question, servers[i]));
            }
        }

        return samples;
    }

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
