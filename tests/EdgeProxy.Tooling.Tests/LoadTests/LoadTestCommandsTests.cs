using EdgeProxy.Host.Testing;
using EdgeProxy.LoadTests.Model;
using EdgeProxy.LoadTests.Model.Requests;
using EdgeProxy.LoadTests.Model.Shapes;

namespace EdgeProxy.Tooling.Tests.LoadTests;

public sealed class LoadTestCommandsTests
{
    [Fact]
    public async Task Nothing_Said_IsTheShortFormAgainstTheMachineItself()
    {
        var options = await BindAsync("");

        Assert.Equal(new Uri("http://localhost:8000"), options.Server);
        Assert.Equal(new LoadKeys("workload", "ser.workload"), options.Keys);
        Assert.Equal(LoadPlans.NamesOf(LoadForm.Short), options.Plans.Select(static plan => plan.Name));
        Assert.All(options.Plans, static plan => Assert.Equal(TimeSpan.FromSeconds(20), plan.Shape.Duration));
        Assert.Equal(0, options.Marks.MaxFailedPercent);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.Marks.MaxPercentile99);
        Assert.Equal("artifacts/load", options.ReportFolder);
        Assert.Empty(options.GeneratorArguments);
    }

    [Fact]
    public async Task Everything_Said_IsTaken()
    {
        var options = await BindAsync(
            "--url https://proxy.example/x --key k --server-key ser.s --scenario spike soak --rate 50 --duration 30 "
            + "--report-folder out --max-failed-percent 0.5 --max-p99-ms 12.5 --nbomber=--license=abc");

        Assert.Equal(new Uri("https://proxy.example/x"), options.Server);
        Assert.Equal(new LoadKeys("k", "ser.s"), options.Keys);
        Assert.Equal(["spike", "soak"], options.Plans.Select(static plan => plan.Name));
        Assert.Equal(new ConstantPhase(50, TimeSpan.FromSeconds(9)), options.Plans[0].Shape.Phases[0]);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Plans[1].Shape.Duration);
        Assert.Equal(0.5, options.Marks.MaxFailedPercent);
        Assert.Equal(TimeSpan.FromMilliseconds(12.5), options.Marks.MaxPercentile99);
        Assert.Equal("out", options.ReportFolder);
        Assert.Equal(["--license=abc"], options.GeneratorArguments);
    }

    [Fact]
    public async Task Form_Long_IsEverythingForTenMinutesEach()
    {
        var options = await BindAsync("--form long --key mine");

        Assert.Equal(LoadPlans.Names, options.Plans.Select(static plan => plan.Name));
        Assert.All(options.Plans, static plan => Assert.Equal(TimeSpan.FromMinutes(10), plan.Shape.Duration));
        Assert.Equal(new LoadKeys("mine", "ser.mine"), options.Keys);
    }

    [Theory]
    [InlineData("--url localhost:8000")]
    [InlineData("--url ftp://localhost")]
    [InlineData("--form medium")]
    [InlineData("--scenario stroll")]
    [InlineData("--rate 0")]
    [InlineData("--rate many")]
    [InlineData("--rate 100001")]
    [InlineData("--rate 10 20")]
    [InlineData("--duration 9")]
    [InlineData("--duration 9999999")]
    [InlineData("--max-p99-ms soon")]
    [InlineData("--max-failed-percent 101")]
    [InlineData("--max-failed-percent NaN")]
    [InlineData("--max-p99-ms 0")]
    [InlineData("--max-p99-ms -1")]
    [InlineData("--durations 20")]
    [InlineData("stray")]
    [InlineData("document")]
    public void Anything_Else_IsRefused(string commandLine) =>
        Assert.NotEmpty(LoadTestCommands.Root(static _ => Task.FromResult(0)).Parse(commandLine).Errors);

    [Fact]
    public async Task Document_Written_IsTheOneThatIdentitiesAreMadeFor()
    {
        using var folder = new TemporaryDirectory();
        var file = Path.Combine(folder.Path, "made.json");

        var code = await LoadTestCommands.Root(static _ => Task.FromResult(1)).Parse(["document", file]).InvokeAsync();

        Assert.Equal(0, code);
        Assert.Equal(LoadEnvironment.Document(), await File.ReadAllBytesAsync(file));
    }

    private static async Task<LoadTestOptions> BindAsync(string commandLine)
    {
        LoadTestOptions? bound = null;
        var code = await LoadTestCommands.Root(options =>
        {
            bound = options;
            return Task.FromResult(7);
        }).Parse(commandLine).InvokeAsync();
        Assert.Equal(7, code);
        return Assert.IsType<LoadTestOptions>(bound);
    }
}
