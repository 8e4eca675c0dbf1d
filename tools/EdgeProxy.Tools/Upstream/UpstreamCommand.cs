using System.CommandLine;
using System.Text;
using System.Text.Json;
using EdgeProxy.Tools.Golden;

namespace EdgeProxy.Tools.Upstream;

/// <summary><c>upstream</c>: a stand-in for the Flagsmith API.</summary>
internal static class UpstreamCommand
{
    private static readonly Argument<string[]> Paths = new("path")
    {
        Description = "Environment documents, recordings, or folders of either",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<int> Port = new("--port") { Description = "The port to listen on", DefaultValueFactory = static _ => 9100 };
    private static readonly Option<FileInfo?> Config = new("--config") { Description = "Where to write a config.json for the proxy under test" };
    private static readonly Option<int> ProxyPort = new("--proxy-port") { Description = "The proxy's port in that file", DefaultValueFactory = static _ => 8000 };
    private static readonly Option<int> PollSeconds = new("--poll-seconds") { Description = "The poll interval in that file", DefaultValueFactory = static _ => 1 };
    private static readonly Option<double?> CountEvery = new("--count-every")
    {
        Description = "Changes every document each so many seconds: the first feature's value counts 1, 2, 3…",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("upstream", "Stands in for the Flagsmith API until it is stopped; POST /control makes faults and changes.")
        {
            Paths, Port, Config, ProxyPort, PollSeconds, CountEvery,
        };
        command.SetAction(static async (result, cancellationToken) =>
        {
            await using var api = await StandInApi.StartAsync(result.GetValue(Port), result.GetRequiredValue(Paths).SelectMany(Files).Select(Read));
            if (result.GetValue(Config) is { } file)
            {
                // In one piece: a script waits for the file.
                var temporary = $"{file.FullName}.new";
                await File.WriteAllTextAsync(temporary, ProxyConfigurationFile.Text(api, result.GetValue(ProxyPort), result.GetValue(PollSeconds)), cancellationToken);
                File.Move(temporary, file.FullName, overwrite: true);
            }

            await Console.Out.WriteLineAsync($"Stand-in for the Flagsmith API on {api.Address}, {api.Environments.Count} environments");
            if (result.GetValue(CountEvery) is { } seconds)
            {
                await CountAsync(api, TimeSpan.FromSeconds(seconds));
            }

            await api.WaitForShutdownAsync();
        });
        return command;
    }

    /// <summary>The document of a file, which may be a recording.</summary>
    public static StandInDocument Read(string path)
    {
        var text = Recording.ReadText(path);
        using var json = JsonDocument.Parse(text);
        return StandInDocument.Read(
            json.RootElement.TryGetProperty("environment", out var document) ? Encoding.UTF8.GetBytes(document.GetRawText()) : text);
    }

    private static IEnumerable<string> Files(string path) => Directory.Exists(path) ? Recording.FilesIn(path) : [path];

    private static async Task CountAsync(StandInApi api, TimeSpan interval)
    {
        var shutdown = api.WaitForShutdownAsync();
        for (var count = 1; !shutdown.IsCompleted; count++)
        {
            foreach (var environment in api.Environments)
            {
                environment.SetFirstValue(count);
            }

            await Task.WhenAny(shutdown, Task.Delay(interval, TimeProvider.System));
        }
    }
}
