using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;
using EdgeProxy.Workloads;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>
/// The first ten seconds after readiness against the steady state of the same process, with and without the warm-up, in turns:
/// heavy identities at a fixed rate on one core.
/// </summary>
internal sealed class WarmUpComparison
{
    private const int RequestsPerSecond = 3000;
    private const int Connections = 16;
    private const int PollSeconds = 3600;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BeforeSteady = TimeSpan.FromSeconds(15);
    private static readonly HttpQuestion Ready = new("/proxy/health/readiness", Key: null);

    private readonly string _program;
    private readonly int _rounds;
    private readonly TimeSpan _turn;
    private readonly TimeSpan _beforeSteady;

    /// <param name="program">The assembly of the proxy.</param>
    /// <param name="rounds">The number of turns of each setting.</param>
    /// <param name="seconds">The length of the first and of the steady turn; null for ten seconds.</param>
    public WarmUpComparison(string program, int rounds, int? seconds)
    {
        _program = program;
        _rounds = rounds;
        _turn = seconds is { } given ? TimeSpan.FromSeconds(given) : Turn;
        _beforeSteady = seconds is { } shorter ? TimeSpan.FromSeconds(shorter) : BeforeSteady;
    }

    /// <summary>Measures; returns the table in Markdown.</summary>
    /// <param name="port">The port of the stand-in for the API.</param>
    /// <param name="warmUps">The processor times of the warm-up in seconds; 0 for none.</param>
    public async Task<string> RunAsync(int port, IReadOnlyList<double> warmUps)
    {
        var environment = MeasuredEnvironment.Heavy;
        await using var standIn = await ApiStandIn.StartAsync(port);
        standIn.Serve(environment.ServerSideKey, environment.Document());
        using var directory = new TemporaryDirectory();
        var samples = warmUps.ToDictionary(static warmUp => warmUp, static _ => new List<WarmUpSample>());
        for (var round = 0; round < _rounds; round++)
        {
            foreach (var warmUp in round % 2 == 0 ? warmUps : warmUps.Reverse())
            {
                var configuration = JsonNode.Parse(standIn.Configuration([environment], PollSeconds))!;
                configuration["server"] = new JsonObject { ["warm_up_seconds"] = warmUp };
                var sample = await TakeAsync(directory.Write("config.json", configuration.ToJsonString()));
                samples[warmUp].Add(sample);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{warmUp} s: {sample}"));
            }
        }

        var table = Table(samples);
        Console.WriteLine(table);
        return table;
    }

    /// <summary>The table of some samples, by the processor time of the warm-up.</summary>
    internal static string Table(IReadOnlyDictionary<double, List<WarmUpSample>> samples)
    {
        var table = new StringBuilder()
            .AppendLine("| warm-up, s | ready after, s | CPU until then, s | p50, first against steady | p99, first against steady | CPU a request, first against steady |")
            .AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var (warmUp, taken) in samples)
        {
            table.AppendLine(CultureInfo.InvariantCulture,
                $"| {(warmUp == 0 ? "none" : warmUp)} | {Of(static sample => sample.Start.TotalSeconds)} | {Of(static sample => sample.StartProcessorTime.TotalSeconds)} | {Of(static sample => sample.First.Load.P50 / sample.Steady.Load.P50)} | {Of(static sample => sample.First.Load.P99 / sample.Steady.Load.P99)} | {Of(static sample => sample.First.MicrosecondsPerRequest!.Value / sample.Steady.MicrosecondsPerRequest!.Value)} |");

            Spread Of(Func<WarmUpSample, double> figure) => Spread.Of(taken.Select(figure));
        }

        return table.ToString();
    }

    private async Task<WarmUpSample> TakeAsync(string configuration)
    {
        var question = new HttpQuestion("/api/v1/identities/", MeasuredEnvironment.Heavy.ServerSideKey, IdentityRequests.HeavyMatching);
        await using var proxy = await MeasuredServers.StartProxyAsync("EdgeProxy", _program, Ready, ["--config", configuration]);
        var start = proxy.ProcessorTime!.Value;
        var first = await AskAsync(proxy, question, _turn);
        await AskAsync(proxy, question, _beforeSteady);
        return new WarmUpSample(proxy.StartTime, start, first, await AskAsync(proxy, question, _turn));
    }

    private static async Task<Sample> AskAsync(ServerProcess proxy, HttpQuestion question, TimeSpan duration)
    {
        var before = proxy.ProcessorTime;
        var load = await new H2Load(RequestsPerSecond).RunAsync(proxy.Address, question, Connections, duration);
        return load is { Failures: 0, Requests: > 0 }
            ? new Sample(load, proxy.ProcessorTime - before)
            : throw new InvalidOperationException($"{load.Failures} requests of {load.Requests + load.Failures} failed.");
    }
}
