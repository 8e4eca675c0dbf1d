using System.Globalization;
using System.Text;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Reports;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;
using EdgeProxy.Workloads;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>
/// Requests of SDKs while flags are explained ten times a second and a console is open, beside the same requests alone. One
/// server, in turns. Processor time includes that of explanations; the cost of those alone is told too.
/// </summary>
internal sealed class ExplainedComparison
{
    private const int MaxIdleTurns = 5;

    private static readonly (string Name, MeasuredEnvironment Environment, byte[] Body)[] Loads =
    [
        ("plain", MeasuredEnvironment.Plain, IdentityRequests.Plain),
        ("heavy, matching", MeasuredEnvironment.Heavy, IdentityRequests.HeavyMatching),
    ];

    private readonly ComparisonSettings _settings;
    private readonly RatioTable _table = new();
    private readonly StringBuilder _notes = new();

    public ExplainedComparison(ComparisonSettings settings)
    {
        _settings = settings;
    }

    /// <summary>Measures; returns the table and the costs of explanations in Markdown.</summary>
    /// <param name="rates">Requests a second to ask with; null for as many as are answered.</param>
    public async Task<string> RunAsync(IReadOnlyList<int?> rates)
    {
        foreach (var (name, environment, body) in Loads)
        {
            await RunAsync(name, environment, body, rates);
        }

        Console.Write(_notes);
        return $"{_table}\n{_notes}";
    }

    private async Task RunAsync(string name, MeasuredEnvironment environment, byte[] body, IReadOnlyList<int?> rates)
    {
        var key = environment.ServerSideKey;
        var question = new HttpQuestion("/api/v1/identities/", key, body);
        using var directory = new TemporaryDirectory();
        var document = directory.Write("environment.json", environment.Document());
        await using var proxy = await MeasuredServers.StartProxyAsync("EdgeProxy", question, "--environment-document", document);
        await new Turns(_settings).WarmAsync(question, [proxy]);
        await ExplainAsync(_settings.WarmUp);

        foreach (var rate in rates)
        {
            await MeasureAsync(rate);
        }

        var time = _settings.Turn * Math.Min(_settings.Rounds, MaxIdleTurns);
        var idle = await ShareOfCoreAsync(proxy, () => Task.Delay(time, TimeProvider.System));
        var explaining = await ShareOfCoreAsync(proxy, () => ExplainAsync(time));
        _notes.AppendLine(
            CultureInfo.InvariantCulture,
            $"- {name}: {OperatorLoad.ExplanationsPerSecond} explanations a second and the console, without other requests, take {explaining * 100:0.0} % of a core; the idle proxy takes {idle * 100:0.0} %");

        async Task MeasureAsync(int? rate)
        {
            var turns = new Turns(_settings with { Rounds = 1 });
            var tool = new H2Load(rate);
            var alone = new List<Sample>();
            var beside = new List<Sample>();
            var (asked, answered) = (0, 0);
            for (var round = 0; round < _settings.Rounds; round++)
            {
                alone.AddRange((await turns.TakeAsync(tool, question, [proxy]))[0]);
                var operators = OperatorLoad.Start(proxy.Address, key, body);
                await using (operators)
                {
                    beside.AddRange((await turns.TakeAsync(tool, question, [proxy]))[0]);
                }

                asked += operators.Asked;
                answered += operators.Answered;
            }

            var load = rate is null ? "as many as are answered" : $"{rate:N0} a second";
            Console.WriteLine(_table.Add($"POST /identities/ {name}, {load}; explained and watched against alone", tool.Name, target: null, beside, alone));
            _notes.AppendLine(CultureInfo.InvariantCulture, $"- {name}, {load}: {answered} of {asked} explanations were answered, the others got 429");
        }

        async Task ExplainAsync(TimeSpan duration)
        {
            await using var operators = OperatorLoad.Start(proxy.Address, key, body);
            await Task.Delay(duration, TimeProvider.System);
        }
    }

    private static async Task<double> ShareOfCoreAsync(ServerProcess server, Func<Task> meanwhile)
    {
        var (before, started) = (server.ProcessorTime, TimeProvider.System.GetTimestamp());
        await meanwhile();
        return (server.ProcessorTime - before)?.TotalSeconds / TimeProvider.System.GetElapsedTime(started).TotalSeconds ?? double.NaN;
    }
}
