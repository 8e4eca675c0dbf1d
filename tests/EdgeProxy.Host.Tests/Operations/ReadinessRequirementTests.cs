using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Operations;

/// <summary><c>health_check.readiness</c>: which environments the proxy needs to be ready.</summary>
public sealed class ReadinessRequirementTests
{
    public static TheoryData<string[], bool> Requirements => new()
    {
        { ["all"], false },
        { ["any"], true },
        { ["one"], true }, // by its key
        { ["Test one"], true }, // by its name
        { ["one", "Test one"], true }, // the same twice
        { ["two"], false },
        { ["one", "two"], false },
        { ["Test two"], false }, // nobody knows its name yet
        { ["ONE"], false }, // there is none of that name
    };

    [Theory]
    [MemberData(nameof(Requirements))]
    public async Task Readiness_OneOfTwoRefused_AsRequired(string[] required, bool isReady)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.one", HealthFixture.Document("one")); // two gets 403
        await using var proxy = await HealthFixture.StartAsync(upstream, new ManualTimeProvider(), Requirement(required), "one", "two");
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Fetched is not null, "the first environment");

        await HealthFixture.AssertReadyAsync(proxy, isReady ? null : "environment document(s) not updated.");
    }

    [Theory]
    [InlineData("all", "environment document(s) stale.")]
    [InlineData("any", null)]
    [InlineData("one", "environment document(s) stale.")]
    [InlineData("Test two", null)]
    public async Task Readiness_OneOfTwoStale_AsRequired(string required, string? reason)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var time = new ManualTimeProvider();
        upstream.SetDocument("ser.one", HealthFixture.Document("one"));
        upstream.SetDocument("ser.two", HealthFixture.Document("two"));
        await using var proxy = await HealthFixture.StartAsync(upstream, time, Requirement(required), "one", "two");
        await Patience.UntilAsync(() => proxy.Registry.Environments.All(static environment => environment.Freshness.Fetched is not null), "both");
        upstream.Behaviour = context => context.Request.Headers["X-Environment-Key"] == "ser.one" ? FakeUpstream.Status(500)(context) : upstream.AnswerWithDocumentAsync(context);

        var start = time.GetTimestamp();
        await Patience.UntilAsync(
            () =>
            {
                time.AdvanceToNextTimer();
                return time.GetElapsedTime(start) > TimeSpan.FromSeconds(71); // the interval and twice the grace period
            },
            "time to pass");
        await Patience.UntilAsync(
            () =>
            {
                time.AdvanceToNextTimer();
                var other = proxy.Registry.Environments[1].Freshness;
                return time.GetElapsedTime(other.FetchedTimestamp) < TimeSpan.FromSeconds(60);
            },
            "a fetch of the other");

        await HealthFixture.AssertReadyAsync(proxy, reason);
    }

    [Fact]
    public async Task Readiness_AnyAndEveryOneStale_Stale()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var time = new ManualTimeProvider();
        upstream.SetDocument("ser.one", HealthFixture.Document("one"));
        await using var proxy = await HealthFixture.StartAsync(upstream, time, ReadinessRequirement.Any, "one", "two");
        await Patience.UntilAsync(() => proxy.Registry.Environments[0].Freshness.Fetched is not null, "the first environment");
        upstream.Behaviour = FakeUpstream.Status(500);

        time.Advance(TimeSpan.FromSeconds(71));

        await HealthFixture.AssertReadyAsync(proxy, "environment document(s) stale.");
    }

    [Fact]
    public async Task Readiness_AnyAndNothingLoaded_NotUpdated()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var proxy = await HealthFixture.StartAsync(upstream, new ManualTimeProvider(), ReadinessRequirement.Any, "one", "two");

        await HealthFixture.AssertReadyAsync(proxy, "environment document(s) not updated.");
    }

    private static ReadinessRequirement Requirement(params string[] words) => words switch
    {
        ["all"] => ReadinessRequirement.All,
        ["any"] => ReadinessRequirement.Any,
        _ => ReadinessRequirement.Of(words),
    };
}
