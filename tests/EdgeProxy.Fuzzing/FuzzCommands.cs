using System.CommandLine;
using EdgeProxy.Fuzzing.Documents;
using EdgeProxy.Fuzzing.Requests;

namespace EdgeProxy.Fuzzing;

/// <summary>The command line.</summary>
internal static class FuzzCommands
{
    private static readonly Option<int> Seed = new("--seed") { Description = "Decides what the cases are", DefaultValueFactory = static _ => 1 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "How long", DefaultValueFactory = static _ => 20 };
    private static readonly Option<long> From = new("--from") { Description = "The number of the first case" };
    private static readonly Option<long?> Cases = new("--cases") { Description = "How many cases at most" };
    private static readonly Option<string?> Target = new("--target")
    {
        Description = "The address of a proxy that runs already, such as http://127.0.0.1:8000, started with --demo; without it one is started in this process",
    };

    /// <summary>All of it.</summary>
    public static RootCommand Root() => new("Tries requests and documents that nobody sends on purpose. Exit code 1 if anything was found.")
    {
        Requests(), Documents(),
    };

    private static Command Requests()
    {
        var command = new Command("requests", "Bytes on sockets, against a running proxy") { Seed, Seconds, From, Cases, Target };
        command.SetAction(static async (result, cancellationToken) =>
        {
            var settings = Settings(result);
            await using var proxy = result.GetValue(Target) is { } address
                ? FuzzedProxy.At(new Uri(address))
                : await FuzzedProxy.StartAsync();
            var report = await new RequestFuzzer(proxy, settings).RunAsync(cancellationToken);
            return report.Print("requests", settings);
        });
        return command;
    }

    private static Command Documents()
    {
        var command = new Command("documents", "Environment documents, for the compiler") { Seed, Seconds, From, Cases };
        command.SetAction(static (result, cancellationToken) =>
        {
            var settings = Settings(result);
            var report = new DocumentFuzzer(settings).Run(cancellationToken);
            return Task.FromResult(report.Print("documents", settings));
        });
        return command;
    }

    private static FuzzSettings Settings(ParseResult result) => new()
    {
        Seed = result.GetValue(Seed),
        From = result.GetValue(From),
        Cases = result.GetValue(Cases),
        Time = TimeSpan.FromSeconds(result.GetValue(Seconds)),
    };
}
