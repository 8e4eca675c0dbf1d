using System.CommandLine;
using System.CommandLine.Parsing;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Measurements;
using EdgeProxy.Comparison.Mechanisms;
using EdgeProxy.Comparison.Plots;
using EdgeProxy.Comparison.Reports;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison;

/// <summary>The command line.</summary>
internal static class ComparisonCommands
{
    private const int StandInPort = 18090;

    private static readonly Option<int> Rounds = new("--rounds") { Description = "How often each server has its turn", DefaultValueFactory = static _ => 5 };
    private static readonly Option<int> ManyRounds = new("--rounds") { Description = "How often each has its turn", DefaultValueFactory = static _ => 15 };
    private static readonly Option<int> Changes = new("--changes") { Description = "How many changes are announced", DefaultValueFactory = static _ => 100 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long a turn is", DefaultValueFactory = static _ => 3 };
    private static readonly Option<int> WarmUp = new("--warm-up") { Description = "Seconds of load before the first turn", DefaultValueFactory = static _ => 8 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Connections that ask at a time", DefaultValueFactory = static _ => 16 };
    private static readonly Option<bool> Write = new("--write") { Description = "Put the figures into docs/performance.md" };
    private static readonly Option<Uri?> Peer = new("--peer")
    {
        Description = "Another server that speaks the API, put beside EdgeProxy where it has the environment (see 'documents')",
        CustomParser = ReadAddress,
    };

    private static readonly Option<string> Only = new("--only") { Description = "Just the scenarios or mechanisms whose names contain this", DefaultValueFactory = static _ => "" };
    private static readonly Option<bool> Gzip = new("--gzip") { Description = "Also with compressed answers" };
    private static readonly Option<string[]> Tools = new("--tools")
    {
        Description = "wrk, h2load or both",
        DefaultValueFactory = static _ => ["wrk", "h2load"],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string[]> Over = new("--over")
    {
        Description = $"The protocols: {string.Join(", ", ClientProtocol.Names)}",
        DefaultValueFactory = static _ => [.. ClientProtocol.Names],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int[]> Streams = new("--streams")
    {
        Description = "Requests under way on a connection of HTTP/2",
        DefaultValueFactory = static _ => [1, 100],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> OtherBuild = new("--program") { Description = "The other build: an executable file or an assembly; relative to the root of the repository", Required = true };

    private static readonly Option<int[]> Rates = new("--rates")
    {
        Description = "Requests a second; 0 for as many as are answered",
        DefaultValueFactory = static _ => [5000, 0],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int?> Turn = new("--seconds") { Description = "How long the measured turns are, and the load between them; 10, and 15 between them, unless given" };
    private static readonly Option<string> Proxy = new("--program") { Description = "The proxy to measure, such as a published one", DefaultValueFactory = static _ => Programs.Proxy };
    private static readonly Option<double[]> WarmUps = new("--warm-ups")
    {
        Description = "Values of server.warm_up_seconds, each of which has its turns",
        DefaultValueFactory = static _ => [0, 2],
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>All of it.</summary>
    public static RootCommand Root() => new("Measures EdgeProxy as a process, beside a bare Kestrel server or a peer, in turns.")
    {
        Mix(), Traits(), Explained(), Refresh(), Propagation(), Mechanisms(), Start(), Readiness(), Footprint(), Compiling(), Instructions(), Plots(), Documents(),
        Protocols(), Builds(), Scaling(),
    };

    private static Command Mix() => Measuring(
        "mix",
        "Processor time, throughput and latency over the endpoint mix",
        [Rounds, Seconds, WarmUp, Connections, Tools, Only, Gzip, Peer],
        result =>
        {
            var peer = result.GetValue(Peer) is { } address ? new PeerServer(address) : null;
            var tools = ReadTools(result);
            var scenarios = (result.GetValue(Gzip) ? EndpointMix.WithCompression : EndpointMix.All).Where(scenario => scenario.Name.Contains(result.GetRequiredValue(Only), StringComparison.OrdinalIgnoreCase));
            return new MixComparison(Settings(result), tools, peer, StandInPort).RunAsync(scenarios);
        });

    private static Command Traits() => Measuring(
        "traits",
        "The cost of forwarding traits to an API that never answers",
        [Rounds, Seconds, WarmUp, Connections],
        static result => new TraitComparison(Settings(result)).RunAsync(StandInPort));

    private static Command Explained() => Measuring(
        "explained",
        "The cost of explanations and of the console to requests of SDKs",
        [ManyRounds, Seconds, WarmUp, Connections, Rates],
        static result => new ExplainedComparison(Settings(result, ManyRounds)).RunAsync(ReadRates(result)));

    private static Command Refresh() => Measuring(
        "refresh",
        "Latency while a document of 5 MB is swapped in once a second",
        [Rounds, Seconds, WarmUp, Connections, Rates],
        static result => new RefreshComparison(Settings(result)).RunAsync(StandInPort, ReadRates(result)));

    private static Command Propagation() => Measuring(
        "propagation",
        "Time from the announcement of a change to the first answer with it",
        [Changes],
        static result => PropagationComparison.RunAsync(StandInPort, result.GetValue(Changes)));

    private static Command Mechanisms() => Measuring(
        "mechanisms",
        "What each mechanism around inline completion is worth, and what it costs",
        [Rounds, Seconds, WarmUp, Connections, Only],
        static result =>
        {
            var settings = Settings(result);
            var mechanisms = MechanismCatalog.All(settings)
                .Where(mechanism => mechanism.Name.Contains(result.GetRequiredValue(Only), StringComparison.OrdinalIgnoreCase));
            return new MechanismComparison(settings).RunAsync(StandInPort, mechanisms);
        });

    private static Command Start() => Measuring(
        "start", "Time from start to first answer", [Rounds], static result => StartComparison.RunAsync(StandInPort, result.GetValue(Rounds)));

    private static Command Readiness() => Measuring(
        "warm-up",
        "The first ten seconds after readiness against the steady state, by the processor time of the warm-up",
        [Rounds, Turn, WarmUps, Proxy],
        static result => new WarmUpComparison(Programs.At(result.GetRequiredValue(Proxy)), result.GetValue(Rounds), result.GetValue(Turn)).RunAsync(
            StandInPort, result.GetRequiredValue(WarmUps)));

    private static Command Footprint() => Measuring(
        "footprint", "Memory of large environments, and of 1,000 small ones", [], static _ => FootprintComparison.RunAsync(StandInPort));

    private static Command Protocols()
    {
        Over.AcceptOnlyFromAmong([.. ClientProtocol.Names]);
        return Measuring(
            "protocols",
            "The mix over TLS 1.3 and over HTTP/2",
            [Rounds, Seconds, WarmUp, Connections, Over, Streams, Only],
            static result =>
            {
                var streams = result.GetRequiredValue(Streams);
                ClientProtocol[] protocols = [.. result.GetRequiredValue(Over).SelectMany(name => ClientProtocol.Named(name, streams))];
                return new MixComparison(Settings(result), [new H2Load()], peer: null, StandInPort, "protocol")
                    .RunAsync(EndpointMix.Over(protocols, result.GetRequiredValue(Only)));
            });
    }

    private static Command Builds() => Measuring(
        "builds",
        "Another build, such as one compiled ahead of time, beside the one with the shared runtime",
        [Rounds, Seconds, WarmUp, Connections, Tools, Only, OtherBuild],
        static result => new BuildComparison(Settings(result), ReadTools(result), Programs.At(result.GetRequiredValue(OtherBuild)))
            .RunAsync(EndpointMix.Alone(result.GetRequiredValue(Only))));

    private static Command Scaling() => Measuring(
        "scaling",
        "One core and two, with counters of the system and of the runtime",
        [Rounds, Seconds, WarmUp, Connections, Only],
        static result => new ScalingComparison(Settings(result)).RunAsync(
            EndpointMix.Alone(result.GetRequiredValue(Only)).Where(static scenario => !scenario.Question.AcceptsGzip)));

    private static Command Instructions() => Measuring(
        "instructions", "Instructions a request, counted by callgrind: exact, whatever else the machine does", [], static _ => InstructionCount.RunAsync());

    private static Command Compiling() => Measuring(
        "compiling", "Heap that documents of one kind of thing need until they are served", [Only],
        static result => CompilingMemory.RunAsync(result.GetRequiredValue(Only)));

    private static Command Plots()
    {
        var command = new Command("plots", "Writes the pictures and the table of cores of docs/performance.md, from the figures on it");
        command.SetAction(static _ => PerformancePlots.Write());
        return command;
    }

    private static Command Documents()
    {
        var command = new Command("documents", "Serves the documents of the mix, for a peer to poll, and prints a configuration for it, until it is stopped");
        command.SetAction(static async (_, _) =>
        {
            await using var standIn = await ApiStandIn.StartAsync(StandInPort);
            foreach (var environment in MeasuredEnvironment.OfTheMix)
            {
                standIn.Serve(environment.ServerSideKey, environment.Document());
            }

            Console.WriteLine(System.Text.Encoding.UTF8.GetString(standIn.Configuration(MeasuredEnvironment.OfTheMix, pollSeconds: 10)));
            await standIn.WaitUntilStoppedAsync();
        });
        return command;
    }

    private static Command Measuring(string name, string description, IEnumerable<Option> options, Func<ParseResult, Task<string>> measure)
    {
        var command = new Command(name, description) { Write };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (result, _) =>
        {
            var figures = await measure(result);
            if (result.GetValue(Write))
            {
                PerformancePage.Write(name, await Provenance.DescribeAsync(TimeProvider.System), figures);
                PerformancePlots.Write();
            }
        });
        return command;
    }

    private static ILoadTool[] ReadTools(ParseResult result) =>
        [.. result.GetRequiredValue(Tools).Select(static name => name == "wrk" ? (ILoadTool)new Wrk() : new H2Load())];

    private static Uri? ReadAddress(ArgumentResult argument)
    {
        if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp)
        {
            return address;
        }

        argument.AddError($"'{argument.Tokens[0].Value}' is not an address such as http://127.0.0.1:8000.");
        return null;
    }

    private static int?[] ReadRates(ParseResult result) => [.. result.GetRequiredValue(Rates).Select(static rate => rate == 0 ? (int?)null : rate)];

    private static ComparisonSettings Settings(ParseResult result, Option<int>? rounds = null) => new()
    {
        Rounds = result.GetValue(rounds ?? Rounds),
        Turn = TimeSpan.FromSeconds(result.GetValue(Seconds)),
        WarmUp = TimeSpan.FromSeconds(result.GetValue(WarmUp)),
        Connections = result.GetValue(Connections),
    };
}
