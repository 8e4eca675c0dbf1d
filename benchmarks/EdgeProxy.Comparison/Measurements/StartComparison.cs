using System.Globalization;
using System.Text;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>From starting the process to the first answer, with a document of 300 KB from a local upstream, beside the bare server.</summary>
internal static class StartComparison
{
    /// <summary>Measures; returns the table in Markdown.</summary>
    public static async Task<string> RunAsync(int port, int rounds)
    {
        var environment = MeasuredEnvironment.Heavy;
        var question = new HttpQuestion("/api/v1/flags/", environment.ServerSideKey);
        await using var standIn = await ApiStandIn.StartAsync(port);
        standIn.Serve(environment.ServerSideKey, environment.Document());
        using var directory = new TemporaryDirectory();
        var configuration = directory.Write("config.json", standIn.Configuration([environment], pollSeconds: 10));

        var proxies = new List<double>();
        var bares = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            await using (var proxy = await MeasuredServers.StartProxyAsync("EdgeProxy", question, "--config", configuration))
            {
                proxies.Add(proxy.StartTime.TotalSeconds);
            }

            await using (var bare = await MeasuredServers.StartBareAsync(question, answerBytes: 1))
            {
                bares.Add(bare.StartTime.TotalSeconds);
            }
        }

        var table = new StringBuilder()
            .AppendLine("| | seconds |")
            .AppendLine("| --- | --- |")
            .AppendLine(CultureInfo.InvariantCulture, $"| EdgeProxy | {Spread.Of(proxies)} |")
            .AppendLine(CultureInfo.InvariantCulture, $"| bare server | {Spread.Of(bares)} |")
            .AppendLine(CultureInfo.InvariantCulture, $"| ratio | {Spread.OfRatios(proxies, bares)} |")
            .ToString();
        Console.WriteLine(table);
        return table;
    }
}
