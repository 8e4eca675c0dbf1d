using System.Text;
using EdgeProxy.Host.Testing;
using EdgeProxy.LoadTests.Model;
using EdgeProxy.LoadTests.Model.Requests;
using EdgeProxy.LoadTests.Model.Shapes;
using EdgeProxy.LoadTests.Model.Verdicts;

namespace EdgeProxy.Tooling.Tests.LoadTests;

/// <summary>The model against a real proxy, with a generator that sends some requests of each plan, one after the other.</summary>
public sealed class LoadTestTests : IAsyncLifetime, IDisposable
{
    private const int RequestsOfAPlan = 300;

    private readonly TemporaryDirectory _folder = new();
    private readonly StringWriter _output = new();
    private readonly List<LoadOutcome> _outcomes = [];
    private TestProxy _proxy = null!;

    public async Task InitializeAsync() => _proxy = await TestProxy.ServeAsync(Encoding.UTF8.GetString(LoadEnvironment.Document()));

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Plans_AgainstAProxy_EveryRequestOfEveryKindIsAnsweredAndPasses()
    {
        var code = await RunAsync(Options(LoadPlans.Names));

        Assert.Equal(LoadTest.Passed, code);
        Assert.Equal(RequestsOfAPlan * LoadPlans.Names.Count, _outcomes.Count);
        Assert.All(_outcomes, static outcome => Assert.Null(outcome.Problem));
        Assert.Equal(["200", "304"], _outcomes.Select(static outcome => outcome.Status).Distinct().Order());
        Assert.All(_outcomes, static outcome => Assert.Equal(outcome.Status == "304", outcome.Bytes == 0));
        foreach (var kind in Enum.GetNames<RequestKind>())
        {
            Assert.Contains($"pass mix, {kind}: 0 of ", _output.ToString(), StringComparison.Ordinal);
        }

        Assert.EndsWith("PASSED", _output.ToString().Trim(), StringComparison.Ordinal);
        Assert.Equal(_output.ToString(), await File.ReadAllTextAsync(Path.Combine(_folder.Path, "reports", "verdict.txt")));
    }

    [Fact]
    public async Task Flags_OfIdentities_DifferBySegmentAndOverride()
    {
        await RunAsync(Options(["identities"]));

        // Values of the defaults, of segments and of overrides are of different lengths, and so are the answers.
        Assert.True(_outcomes.Select(static outcome => outcome.Bytes).Distinct().Count() > 20);
    }

    [Fact]
    public async Task Proxy_GoneInTheMiddle_FailsAndSaysHowMany()
    {
        var code = await RunAsync(Options(["flags"]), before: number =>
        {
            if (number == RequestsOfAPlan / 2)
            {
                _proxy.StopAsync(new CancellationToken(canceled: true)).GetAwaiter().GetResult();
            }
        });

        Assert.Equal(LoadTest.Failed, code);
        Assert.Contains("FAIL flags, Flags: 150 of 300 failed (50 %)", _output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("FAILED", _output.ToString().Trim(), StringComparison.Ordinal);
        Assert.All(_outcomes.Skip(RequestsOfAPlan / 2), static outcome => Assert.Equal("error", outcome.Status));
    }

    [Fact]
    public async Task Percentile_AboveTheMark_Fails()
    {
        var code = await RunAsync(Options(["flags"]) with { Marks = new PassMarks { MaxPercentile99 = TimeSpan.FromTicks(1) } });

        Assert.Equal(LoadTest.Failed, code);
    }

    [Theory]
    [InlineData("wrong", "ser.workload", "The flags are not as they must be: status 401")]
    [InlineData("workload", "ser.wrong", "The document came with status 401")]
    public async Task Key_Wrong_NothingIsRun(string key, string serverKey, string reason)
    {
        var code = await RunAsync(Options(["flags"]) with { Keys = new LoadKeys(key, serverKey) });

        Assert.Equal(LoadTest.NotRun, code);
        Assert.Empty(_outcomes);
        Assert.StartsWith(reason, _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_NotThere_NothingIsRun()
    {
        await _proxy.StopAsync();

        var code = await RunAsync(Options(["flags"]));

        Assert.Equal(LoadTest.NotRun, code);
        Assert.Contains("does not answer", _output.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(LoadTestOptions options, Action<int>? before = null) =>
        new LoadTest(options, run => Generate(run, before), _output).RunAsync();

    private List<RequestFigures> Generate(LoadRun run, Action<int>? before)
    {
        var outcomes = new List<(RequestKind Kind, LoadOutcome Outcome)>();
        for (var number = 0; number < RequestsOfAPlan; number++)
        {
            before?.Invoke(number);
            var request = run.Requests.Next();
            outcomes.Add((request.Kind, run.TryAsync(request).GetAwaiter().GetResult()));
        }

        _outcomes.AddRange(outcomes.Select(static one => one.Outcome));
        return
        [
            .. outcomes.GroupBy(static one => one.Kind).Select(static group => new RequestFigures(
                group.Key,
                group.Count(static one => one.Outcome.Problem is null),
                group.Count(static one => one.Outcome.Problem is not null),
                TimeSpan.FromMilliseconds(1))),
        ];
    }

    private LoadTestOptions Options(IReadOnlyList<string> plans) => new()
    {
        Server = _proxy.Address,
        Keys = new LoadKeys(LoadEnvironment.Key, $"ser.{LoadEnvironment.Key}"),
        Plans = [.. plans.Select(static name => LoadPlans.Make(name, 10, TimeSpan.FromSeconds(10)))],
        Marks = new PassMarks(),
        ReportFolder = Path.Combine(_folder.Path, "reports"),
    };
}
