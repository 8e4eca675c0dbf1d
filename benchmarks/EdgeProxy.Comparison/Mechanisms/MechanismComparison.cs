using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Measurements;
using EdgeProxy.Comparison.Reports;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Mechanisms;

/// <summary>EdgeProxy without a mechanism beside EdgeProxy as it is, in turns, in the situations that the mechanism exists for.</summary>
internal sealed class MechanismComparison
{
    private const int PollSeconds = 3600;
    private const int RatedConnections = 4;

    // A hazard begins before the turn, and ends after it.
    private static readonly TimeSpan Head = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private readonly ComparisonSettings _settings;
    private readonly Turns _turns;
    private readonly MechanismTable _table = new();

    public MechanismComparison(ComparisonSettings settings)
    {
        _settings = settings;
        _turns = new Turns(settings with { Rounds = 1 });
    }

    /// <summary>The durations of all runs of a hazard beside one server.</summary>
    public static IEnumerable<TimeSpan> HazardDurations(ComparisonSettings settings) =>
        Enumerable.Repeat(settings.Turn + Margin, settings.Rounds).Prepend(settings.WarmUp + Margin);

    /// <summary>Measures; returns the table in Markdown.</summary>
    /// <param name="port">The port of the stand-in for the API.</param>
    /// <param name="mechanisms">The mechanisms.</param>
    public async Task<string> RunAsync(int port, IEnumerable<Mechanism> mechanisms)
    {
        foreach (var mechanism in mechanisms)
        {
            foreach (var situation in mechanism.Situations)
            {
                await MeasureAsync(port, mechanism, situation);
            }
        }

        return _table.ToString();
    }

    private async Task MeasureAsync(int port, Mechanism mechanism, Situation situation)
    {
        using var directory = new TemporaryDirectory();
        await using var api = await ApiStandIn.StartAsync(port);
        foreach (var (environment, document) in situation.Environments)
        {
            api.Serve(environment.ServerSideKey, document);
        }

        var configuration = directory.Write("config.json", Configuration(api, situation));
        await using var complete = await StartAsync(ProxyVariant.Complete);
        await using var reduced = await StartAsync(mechanism.Without);
        (ServerProcess Server, IHazard? Hazard)[] sides = [(complete, situation.Hazard?.Invoke(api)), (reduced, situation.Hazard?.Invoke(api))];
        foreach (var (server, hazard) in sides)
        {
            await situation.Question.MeasureAnswerAsync(server.Address);
            await BesideAsync(hazard, server, _settings.WarmUp, () => _turns.WarmAsync(situation.Question, [server]));
        }

        List<Sample>[] samples = [[], []];
        for (var round = 0; round < _settings.Rounds; round++)
        {
            for (var side = 0; side < sides.Length; side++)
            {
                var (server, hazard) = sides[side];
                await BesideAsync(hazard, server, _settings.Turn, async () => samples[side].Add(await TakeAsync(situation, server)));
            }
        }

        Console.WriteLine(_table.Add(mechanism.Name, situation.Name, situation.HasProcessorTime, samples[0], samples[1]));

        Task<ServerProcess> StartAsync(ProxyVariant variant) => MeasuredServers.StartCommandAsync(
            variant.Name, [.. variant.Command(directory), "--config", configuration], new HttpQuestion("/health", Key: null));
    }

    private async Task<Sample> TakeAsync(Situation situation, ServerProcess server)
    {
        var turns = situation.Rate is null ? _turns : new Turns(_settings with { Rounds = 1, Connections = RatedConnections });
        return (await turns.TakeAsync(new H2Load(situation.Rate), situation.Question, [server]))[0][0];
    }

    private static async Task BesideAsync(IHazard? hazard, ServerProcess server, TimeSpan duration, Func<Task> measureAsync)
    {
        var running = hazard?.RunAsync(server.Address, duration + Margin) ?? Task.CompletedTask;
        await Task.Delay(Head, TimeProvider.System);
        await measureAsync();
        await running;
    }

    /// <summary>Without load shedding, which would reject what is to be measured.</summary>
    private static byte[] Configuration(ApiStandIn api, Situation situation)
    {
        var settings = JsonNode.Parse(api.Configuration(situation.Environments.Select(static served => served.Environment), PollSeconds))!;
        settings["limits"] = new JsonObject { ["max_queue_delay_seconds"] = 0 };
        settings["realtime"] = new JsonObject { ["token"] = RefreshHazard.Token, ["ignore_project_setting"] = true, ["fetch_jitter_seconds"] = 0 };
        return Encoding.UTF8.GetBytes(settings.ToJsonString());
    }
}
