using System.Globalization;
using System.Text;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>The memory of environments: large ones against the size of their documents, and 1,000 small ones against one.</summary>
internal static class FootprintComparison
{
    private const int Many = 1000;
    private const double Megabyte = 1024 * 1024;

    /// <summary>Measures; returns the table in Markdown.</summary>
    public static async Task<string> RunAsync(int port)
    {
        await using var standIn = await ApiStandIn.StartAsync(port);
        var table = new StringBuilder()
            .AppendLine("| environments | documents, MB | memory, MB | more than one small, MB | a document's multiple |")
            .AppendLine("| --- | --- | --- | --- | --- |");
        var (least, size) = await MeasureAsync([MeasuredEnvironment.Small]);
        Add(string.Create(CultureInfo.InvariantCulture, $"| one small | {size / Megabyte:0.00} | {least / Megabyte:0} | | |"));
        await AddAsync("one of 300 KB", [MeasuredEnvironment.Heavy]);
        await AddAsync("one of 5 MB, 10,000 identity overrides", [MeasuredEnvironment.Large]);
        await AddAsync("one of 50 MB, 100,000 identity overrides", [MeasuredEnvironment.Crowded]);
        await AddAsync(
            "1,000 small", [.. Enumerable.Range(0, Many).Select(static number => MeasuredEnvironment.Small with { Key = $"small-{number}" })]);
        return table.ToString();

        async Task AddAsync(string name, IReadOnlyList<MeasuredEnvironment> environments)
        {
            var (memory, documents) = await MeasureAsync(environments);
            Add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {documents / Megabyte:0.00} | {memory / Megabyte:0} | {(memory - least) / Megabyte:0} | {(memory - least) / (double)documents:0.0} |"));
        }

        void Add(string row)
        {
            table.AppendLine(row);
            Console.WriteLine(row);
        }

        async Task<(long Memory, long Documents)> MeasureAsync(IReadOnlyList<MeasuredEnvironment> environments)
        {
            var documents = 0L;
            foreach (var environment in environments)
            {
                var document = environment.Document();
                documents += document.Length;
                standIn.Serve(environment.ServerSideKey, document);
            }

            using var directory = new TemporaryDirectory();
            var configuration = directory.Write("config.json", standIn.Configuration(environments, pollSeconds: 10));
            await using var proxy = await MeasuredServers.StartProxyAsync("EdgeProxy", new HttpQuestion("/health", null), "--config", configuration);
            return (proxy.ResidentBytes, documents);
        }
    }
}
