using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Traits;
using EdgeProxy.Host.Traits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Upstream.Traits;

/// <summary>Calls to the API, as it gets them (docs/spec/traits.md 2.3 to 2.6).</summary>
public sealed partial class TraitForwarderTests
{
    [Fact]
    public async Task Post_AThousandEqualRequests_OneCall()
    {
        await using var fixture = await TraitProxy.StartAsync();
        for (var i = 0; i < 1000; i++)
        {
            await fixture.PostAsync("a", "bob", TraitProxy.Trait("plan", "\"pro\""));
            if (i % 100 == 50)
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        await fixture.UntilIdleAsync();
        await fixture.UntilAsync(() => fixture.Metrics.Qualified == 1000, "all to be looked at");
        await fixture.UntilIdleAsync();

        Assert.Single(fixture.Calls);
        var exposed = await Exposition.OfAsync(fixture.Proxy);
        Assert.Equal(999, exposed.Sum("edgeproxy_traits_merged_identities_total") + exposed.Sum("edgeproxy_traits_deduplicated_identities_total"));
        Assert.Equal(1, exposed.Sum("edgeproxy_traits_calls_total", ("outcome", "confirmed")));
    }

    [Fact]
    public async Task Post_SecondValueWhileTheFirstIsInFlight_ApiEndsWithTheSecond()
    {
        await using var fixture = await TraitProxy.StartAsync();
        var first = new TaskCompletionSource();
        fixture.Answer = _ => first.Task;
        await fixture.PostAsync("a", "bob", TraitProxy.Trait("plan", "1"));
        await fixture.UntilCallsAsync(1);
        fixture.Answer = null;
        await fixture.PostAsync("a", "bob", TraitProxy.Trait("plan", "2"));
        await fixture.UntilAsync(() => fixture.Metrics.Qualified == 2, "the second");
        Assert.Single(fixture.Calls);

        first.SetResult();
        await fixture.UntilCallsAsync(2);
        await fixture.UntilIdleAsync();

        Assert.Equal([":1}]}", ":2}]}"], fixture.Calls.Select(static call => call.Body[^5..]));
    }

    [Fact]
    public async Task Post_RetryAfter_SentOnceAfterIt()
    {
        await using var fixture = await TraitProxy.StartAsync();
        fixture.Answer = static context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "2";
            return Task.CompletedTask;
        };
        await fixture.PostAsync("a", "bob", TraitProxy.Trait("plan", "1"));
        await fixture.UntilCallsAsync(1);
        await Patience.UntilAsync(() => fixture.Metrics.Calls(TraitCallOutcome.RateLimited) == 1, "the failure");
        fixture.Answer = null;
        var failed = fixture.Time.GetUtcNow();
        await fixture.PostAsync("a", "eve", TraitProxy.Trait("plan", "1"));
        await fixture.PostAsync("b", "eve", TraitProxy.Trait("plan", "1"));

        // In small steps: the clock must not run a second ahead while a call is under way.
        await fixture.UntilCallsAsync(2, step: 0.02);
        Assert.Equal("b", fixture.Calls[1].Header("X-Environment-Key"));
        await fixture.UntilCallsAsync(4, step: 0.02);

        Assert.InRange((fixture.Time.GetUtcNow() - failed).TotalSeconds, 2, 3);
        await fixture.UntilIdleAsync();
        Assert.Equal(4, fixture.Calls.Count);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(0)] // a reset
    public async Task Post_FailsForAMinute_ArrivesOnce(int status)
    {
        await using var fixture = await TraitProxy.StartAsync();
        fixture.Answer = FakeUpstream.StatusOrReset(status);
        await fixture.PostAsync("a", "bob", TraitProxy.Trait("plan", "1"));
        await fixture.UntilCallsAsync(1);
        await fixture.PostAsync("a", "bob", TraitProxy.Trait("age", "2"));
        var start = fixture.Time.GetUtcNow();
        await fixture.UntilAsync(() => fixture.Time.GetUtcNow() - start > TimeSpan.FromMinutes(1), "a minute");
        await Patience.UntilAsync(() => Delays(fixture) >= fixture.Calls.Count, "the last failure");
        var failed = fixture.Calls.Count;
        fixture.Answer = null;

        await fixture.UntilIdleAsync();

        Assert.InRange(failed, 3, 9);
        Assert.Equal("""{"identifier":"bob","traits":[{"trait_key":"age","trait_value":2},{"trait_key":"plan","trait_value":1}]}""", Assert.Single(fixture.Calls.Skip(failed)).Body);
        Assert.Equal(LogLevel.Warning, fixture.Proxy.Log.Entries.First(static entry => entry.EventId == EventIds.TraitsDelayed).Level);
        Assert.Contains(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.TraitsRecovered);
    }

    [Fact]
    public async Task Post_ApiHangs_RequestsAreAnsweredAndTheCallIsRepeated()
    {
        await using var fixture = await TraitProxy.StartAsync(static options => options with { MaxConcurrent = 2 });
        fixture.Answer = FakeUpstream.Hang;
        for (var i = 0; i < 10; i++)
        {
            await fixture.PostAsync("a", $"user {i}", TraitProxy.Trait("plan", "1"));
        }

        await fixture.UntilAsync(() => fixture.Metrics.Qualified == 10 && fixture.Calls.Count == 2, "two calls");
        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, fixture.Calls.Count);
        fixture.Answer = null;

        await fixture.UntilIdleAsync();

        Assert.Equal(10, fixture.Calls.Select(static call => call.Body).Distinct().Count());
        Assert.Equal(2, fixture.Metrics.Calls(TraitCallOutcome.NoAnswer));
    }

    [Fact]
    public async Task Post_ApiIsGone_DroppedAfterTenMinutes()
    {
        await using var fixture = await TraitProxy.StartAsync();
        await fixture.Upstream.DisposeAsync();
        await fixture.PostAsync("a", "bob", TraitProxy.Trait("plan", "1"));

        await fixture.UntilAsync(() => fixture.Metrics.Lost(TraitLoss.Expired) == 1, "the loss", step: 5);

        Assert.Equal(0, fixture.Queue.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Post_KeyRefused_EnvironmentPausedWithOneError(int status)
    {
        await using var fixture = await TraitProxy.StartAsync();
        fixture.Answer = context =>
        {
            context.Response.StatusCode = context.Request.Headers["X-Environment-Key"] == "a" ? status : 200;
            return Task.CompletedTask;
        };
        await fixture.PostAsync("a", "one", TraitProxy.Trait("plan", "1"));
        await fixture.PostAsync("a", "two", TraitProxy.Trait("plan", "1"));
        await fixture.UntilAsync(() => fixture.Metrics.Calls(TraitCallOutcome.Refused) == 2, "the refusals");
        var refused = fixture.Time.GetUtcNow();
        await fixture.PostAsync("a", "three", TraitProxy.Trait("plan", "1"));
        await fixture.PostAsync("b", "four", TraitProxy.Trait("plan", "1"));
        await fixture.UntilAsync(() => fixture.Metrics.Lost(TraitLoss.Refused) == 1 && fixture.Calls.Count == 3, "the other environment");
        fixture.Answer = null;

        await fixture.UntilCallsAsync(5, step: 1); // five minutes in few steps

        Assert.InRange((fixture.Time.GetUtcNow() - refused).TotalMinutes, 4.9, 5.5);
        var refusal = Assert.Single(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.TraitsRefused);
        Assert.Equal(LogLevel.Error, refusal.Level);
        Assert.Contains("a key of the environment 'Test' (", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(307)]
    public async Task Post_Rejected_DroppedWithOneWarning(int status)
    {
        await using var fixture = await TraitProxy.StartAsync();
        fixture.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = TraitProxy.Identities;
            return Task.CompletedTask;
        };
        for (var i = 1; i <= 3; i++)
        {
            await fixture.PostAsync("a", $"user {i}", TraitProxy.Trait("plan", "1"));
        }

        await fixture.UntilAsync(() => fixture.Metrics.Lost(TraitLoss.Rejected) == 3, "the losses");

        Assert.Equal((3, 0), (fixture.Calls.Count, fixture.Queue.Count));
        var rejection = Assert.Single(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.TraitsRejected);
        Assert.Equal(LogLevel.Warning, rejection.Level);
        Assert.Contains("for the environment 'Test' (", rejection.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_AnyFailure_NothingPersonal()
    {
        await using var fixture = await TraitProxy.StartAsync(static options => options with { QueueSize = 5 });
        var statuses = new Queue<int>([400, 429, 500, 401, 302]);
        fixture.Answer = context =>
        {
            lock (statuses)
            {
                context.Response.StatusCode = statuses.TryDequeue(out var status) ? status : 503;
            }

            context.Response.Headers.Location = "https://elsewhere/";
            return context.Response.WriteAsync("secret-answer");
        };
        for (var i = 0; i < 20; i++)
        {
            await fixture.PostAsync("ser.a", $"secret-name-{i}", TraitProxy.Trait("secret-key", "\"secret-value\""));
            await fixture.Proxy.SendAsync(HttpMethod.Post, TraitProxy.SetTrait, "b", $$"""{"identity":{"identifier":"secret-{{i}}"},"trait_key":"secret-key","trait_value":["secret-value"]}""");
        }

        await fixture.UntilAsync(() => fixture.Metrics.Calls(TraitCallOutcome.Failed) > 3, "failures", step: 5);
        await fixture.Proxy.StopAsync();

        Assert.Contains(fixture.Proxy.Log.Entries, static entry => entry.EventId is EventIds.TraitsDelayed or EventIds.TraitsRejected);
        Assert.DoesNotContain(fixture.Proxy.Log.Entries, static entry => $"{entry.Message} {entry.Exception}".Contains("secret", StringComparison.Ordinal));
        Assert.DoesNotContain(fixture.Proxy.Log.Entries, static entry => entry.Message.Contains("ser.a ", StringComparison.Ordinal));
    }

    private static int Delays(TraitProxy fixture) => fixture.Proxy.Log.Entries.Count(static entry => entry.EventId == EventIds.TraitsDelayed);
}
