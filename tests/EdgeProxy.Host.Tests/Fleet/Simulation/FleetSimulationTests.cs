using System.Globalization;
using Xunit.Abstractions;

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>
/// The fleet in virtual time (docs/spec/fleet.md 2): whatever goes wrong, no member goes back in time, nothing that the
/// upstream never had is served, only the holder of the lease decides between documents of one time, and once faults stop all
/// agree and the upstream is asked as often as by one. A failing seed fails again.
/// </summary>
/// <remarks><c>FLEET_SEEDS=1-50</c> runs these seeds instead of eight; <c>FLEET_MEMBERS</c> sets the number of members; <c>FLEET_TRACE</c> names a file for all that happens.</remarks>
public sealed class FleetSimulationTests
{
    private const string DefaultSeeds = "1-8";
    private const int MaxSeedsForAFault = 50;

    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    private readonly ITestOutputHelper _output;

    public FleetSimulationTests(ITestOutputHelper output)
    {
        _output = output;
    }

    [Fact]
    public void Run_Seeds_EverythingHolds()
    {
        var (first, last) = Seeds(DefaultSeeds);
        var members = int.Parse(Environment.GetEnvironmentVariable("FLEET_MEMBERS") ?? "12", CultureInfo.InvariantCulture);
        var failures = new List<string>();
        Action<string>? tracing = Environment.GetEnvironmentVariable("FLEET_TRACE") is { Length: > 0 } file ? line => File.AppendAllText(file, line + "\n") : null;
        for (var seed = first; seed <= last; seed++)
        {
            failures.AddRange(new SimulatedWorld(seed, members) { Tracing = tracing }.Run(TenMinutes).Select(violation => $"seed {seed}: {violation}"));
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(20)));
    }

    [Fact]
    public void Run_SameSeed_TheSameToTheLetter()
    {
        var first = new SimulatedWorld(7, 8);
        var second = new SimulatedWorld(7, 8);
        first.Run(TenMinutes);
        second.Run(TenMinutes);

        Assert.Equal(first.Trace(), second.Trace());
        Assert.Equal(first.Clock.Steps, second.Clock.Steps);
        Assert.NotEqual(first.Trace(), Traced(8));
    }

    /// <summary>Each fault that is put in on purpose is found by a seed that passes without it.</summary>
    [Theory]
    [InlineData(DeliberateFault.NoFencing, "of the same time, with the lease")]
    [InlineData(DeliberateFault.NewsWithoutComparing, "went back from")]
    [InlineData(DeliberateFault.ForgottenFloor, "before it was started again")]
    public void Run_DeliberateFault_FoundByASeed(DeliberateFault fault, string words)
    {
        for (var seed = 1; seed <= MaxSeedsForAFault; seed++)
        {
            if (new SimulatedWorld(seed, 12, fault).Run(TenMinutes).FirstOrDefault(one => one.Contains(words, StringComparison.Ordinal)) is { } violation)
            {
                _output.WriteLine($"{fault}: seed {seed}: {violation}");
                Assert.Empty(new SimulatedWorld(seed, 12).Run(TenMinutes));
                return;
            }
        }

        Assert.Fail($"No seed from 1 to {MaxSeedsForAFault} finds {fault}.");
    }

    /// <summary>An hour of a hundred members, or of <c>FLEET_MANY</c>, with one seed. The output has the duration; nothing checks it.</summary>
    [Fact]
    public void Run_ManyMembersForAnHour_EverythingHolds()
    {
        var members = int.Parse(Environment.GetEnvironmentVariable("FLEET_MANY") ?? "100", CultureInfo.InvariantCulture);
        var world = new SimulatedWorld(1, members, faultsPerMinute: 20, changesPerMinute: 0.5);
        var started = TimeProvider.System.GetTimestamp();

        var violations = world.Run(TimeSpan.FromMinutes(55));

        _output.WriteLine($"{members} members: {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s, {world.Clock.Steps:N0} steps, {world.Upstream.Requests:N0} requests to the upstream");
        Assert.Empty(violations);
    }

    private static string Traced(int seed)
    {
        var world = new SimulatedWorld(seed, 8);
        world.Run(TenMinutes);
        return world.Trace();
    }

    private static (int First, int Last) Seeds(string otherwise)
    {
        var text = (Environment.GetEnvironmentVariable("FLEET_SEEDS") is { Length: > 0 } given ? given : otherwise).Split('-');
        return (int.Parse(text[0], CultureInfo.InvariantCulture), int.Parse(text[^1], CultureInfo.InvariantCulture));
    }
}
