using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EdgeProxy.LoadTests.Model.Requests;
using EdgeProxy.LoadTests.Model.Shapes;
using EdgeProxy.LoadTests.Model.Verdicts;

namespace EdgeProxy.LoadTests.Model;

/// <summary>The command line.</summary>
internal static class LoadTestCommands
{
    private const int MinSeconds = 10;
    private const int MaxSeconds = 7 * 24 * 60 * 60;

    private static readonly Option<Uri> Url = new("--url")
    {
        Description = "The address of the proxy",
        CustomParser = ReadAddress,
        DefaultValueFactory = static _ => new Uri("http://localhost:8000"),
    };

    private static readonly Option<string> Key = new("--key") { Description = "The client-side key of the environment", DefaultValueFactory = static _ => LoadEnvironment.Key };
    private static readonly Option<string?> ServerKey = new("--server-key") { Description = "Its server-side key; by default 'ser.' and the other one" };
    private static readonly Option<LoadForm> Form = new("--form") { Description = "Which scenarios: 'short', or 'long' for all, and longer" };
    private static readonly Option<string[]> Scenarios = new("--scenario") { Description = "Just these, instead of a form", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Rate = new("--rate") { Description = "Requests a second; a tenth of it in the scenario 'document', five times as much in a spike", DefaultValueFactory = static _ => 200 };
    private static readonly Option<int?> Duration = new("--duration") { Description = "Seconds of each scenario; by default 20 in the short form, 600 in the long one" };
    private static readonly Option<string> ReportFolder = new("--report-folder") { Description = "Where reports go", DefaultValueFactory = static _ => "artifacts/load" };
    private static readonly Option<double> MaxFailed = new("--max-failed-percent") { Description = "The most requests that may fail, of each kind in each scenario" };
    private static readonly Option<double> MaxP99 = new("--max-p99-ms")
    {
        Description = "The most milliseconds that 99 of 100 may take",
        DefaultValueFactory = static _ => new PassMarks().MaxPercentile99.TotalMilliseconds,
    };

    private static readonly Option<string[]> Generator = new("--nbomber") { Description = "An argument for NBomber itself, such as --nbomber=--license=KEY" };
    private static readonly Argument<FileInfo> File = new("file") { Description = "Where it goes" };

    static LoadTestCommands()
    {
        Scenarios.AcceptOnlyFromAmong([.. LoadPlans.Names]);
        Bound(Rate, static (int rate) => rate is >= 1 and <= 100_000, "is from 1 to 100000");
        Bound(Duration, static (int seconds) => seconds is >= MinSeconds and <= MaxSeconds, $"is from {MinSeconds} to {MaxSeconds}");
        Bound(MaxFailed, static (double percent) => percent is >= 0 and <= 100, "is from 0 to 100");
        Bound(MaxP99, static (double milliseconds) => milliseconds is > 0 and <= 1e6, "is more than 0 and at most 1000000");
    }

    /// <summary>All of it.</summary>
    /// <param name="run">Runs the load test, and returns the exit code.</param>
    public static RootCommand Root(Func<LoadTestOptions, Task<int>> run)
    {
        var root = new RootCommand("Puts load on a running proxy, checks every answer, and exits with 0 only if the pass marks are reached.")
        {
            Url, Key, ServerKey, Form, Scenarios, Rate, Duration, ReportFolder, MaxFailed, MaxP99, Generator, Document(),
        };
        root.SetAction((result, _) => run(Bind(result)));
        return root;
    }

    private static Command Document()
    {
        var command = new Command("document", "Writes the document of the environment that identities are made for, for the proxy to serve") { File };
        command.SetAction(static (result, cancelled) => System.IO.File.WriteAllBytesAsync(result.GetRequiredValue(File).FullName, LoadEnvironment.Document(), cancelled));
        return command;
    }

    private static LoadTestOptions Bind(ParseResult result)
    {
        var form = result.GetValue(Form);
        var duration = result.GetValue(Duration) is { } seconds ? TimeSpan.FromSeconds(seconds) : LoadPlans.DurationOf(form);
        var names = result.GetValue(Scenarios) is { Length: > 0 } some ? some : LoadPlans.NamesOf(form);
        var key = result.GetRequiredValue(Key);
        return new LoadTestOptions
        {
            Server = result.GetRequiredValue(Url),
            Keys = new LoadKeys(key, result.GetValue(ServerKey) ?? $"ser.{key}"),
            Plans = [.. names.Distinct().Select(name => LoadPlans.Make(name, result.GetValue(Rate), duration))],
            Marks = new PassMarks { MaxFailedPercent = result.GetValue(MaxFailed), MaxPercentile99 = TimeSpan.FromMilliseconds(result.GetValue(MaxP99)) },
            ReportFolder = result.GetRequiredValue(ReportFolder),
            GeneratorArguments = result.GetValue(Generator) ?? [],
        };
    }

    private static Uri? ReadAddress(ArgumentResult argument)
    {
        if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
        {
            return address;
        }

        argument.AddError($"'{argument.Tokens[0].Value}' is not an address such as http://localhost:8000.");
        return null;
    }

    // What is not of the type at all, the parser itself refuses.
    private static void Bound<T>(Option option, Func<T, bool> allows, string rule)
        where T : IParsable<T> =>
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && T.TryParse(text, CultureInfo.InvariantCulture, out var value) && !allows(value))
            {
                result.AddError($"{option.Name} {rule}.");
            }
        });
}
