using System.CommandLine;
using System.CommandLine.Parsing;

namespace EdgeProxy.Tools.Golden;

/// <summary><c>golden</c>: recorded requests against a running proxy.</summary>
internal static class GoldenCommand
{
    private static readonly Argument<DirectoryInfo> Folder = new Argument<DirectoryInfo>("folder")
    {
        Description = "The recordings, such as tests/EdgeProxy.Conformance.Tests/Golden/Recordings",
    }.AcceptExistingOnly();

    private static readonly Option<Uri> Url = new("--url")
    {
        Description = "The address of the proxy",
        CustomParser = ReadAddress,
        DefaultValueFactory = static _ => new Uri("http://127.0.0.1:8000"),
    };

    private static readonly Option<bool> Strict = new("--strict")
    {
        Description = "Flags must have the recorded members and no others, as with flags.details: \"none\"",
    };

    private static readonly Option<int> Show = new("--show") { Description = "The most failures to print", DefaultValueFactory = static _ => 5 };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("golden", "Sends every recorded request to a running proxy and compares the answers.") { Folder, Url, Strict, Show };
        command.SetAction(static (result, _) => RunAsync(
            result.GetRequiredValue(Folder), result.GetRequiredValue(Url), result.GetValue(Strict), result.GetValue(Show), Console.Out));
        return command;
    }

    /// <summary>Runs it.</summary>
    /// <returns>0 if every answer was as recorded, and there was at least one.</returns>
    public static async Task<int> RunAsync(DirectoryInfo folder, Uri url, bool isStrict, int show, TextWriter output)
    {
        using var client = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(20) };
        var run = new GoldenRun(client, isStrict);
        foreach (var path in Recording.FilesIn(folder.FullName))
        {
            await run.CheckAsync(Recording.Read(path), failure =>
            {
                if (show-- > 0)
                {
                    output.WriteLine(failure);
                }
            });
        }

        await output.WriteLineAsync($"{run.Passed} answers as recorded, {run.Failed} not");
        return run is { Passed: > 0, Failed: 0 } ? 0 : 1;
    }

    private static Uri? ReadAddress(ArgumentResult argument)
    {
        if (!Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var address))
        {
            argument.AddError($"'{argument.Tokens[0].Value}' is not an address such as http://127.0.0.1:8000.");
        }

        return address;
    }
}
