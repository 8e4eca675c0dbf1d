using System.Net.Sockets;
using System.Text;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Usage;

/// <summary>Usage is reported at shutdown, to the last request (docs/spec/upstream-api.md 5.2).</summary>
public sealed class UsageShutdownTests
{
    [Fact]
    public async Task Stop_SomethingCounted_Reported()
    {
        await using var fixture = await UsageFixture.StartAsync();
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        await fixture.Proxy.GetAsync("/api/v1/flags/", "b");

        await fixture.Proxy.StopAsync();

        Assert.Equal(["a flags 1", "b flags 1"], UsageFixture.Rows(Assert.Single(fixture.Upstream.UsageReports)));
    }

    [Fact]
    public async Task Stop_NothingCounted_NothingReported()
    {
        await using var fixture = await UsageFixture.StartAsync();

        await fixture.Proxy.StopAsync();

        Assert.Empty(fixture.Upstream.UsageReports);
    }

    [Fact]
    public async Task Stop_RequestsAnsweredMeanwhile_ReportedToo()
    {
        await using var fixture = await UsageFixture.StartAsync();
        await using var connection = await RawConnection.OpenAsync(fixture.Proxy.Address);
        await connection.GetAsync("/api/v1/flags/", "a");
        await connection.SendAsync("GET /api/v1/flags/ HTTP/1.1\r\nHost: test\r\n"u8.ToArray()); // which is no request yet
        await using var slow = await RawConnection.OpenAsync(fixture.Proxy.Address);
        await slow.SendAsync("POST /api/v1/identities/ HTTP/1.1\r\nHost: test\r\nX-Environment-Key: b\r\nContent-Length: 18\r\n\r\n"u8.ToArray());

        await PassThroughAsync(fixture.Proxy); // so that the server has seen the beginnings

        var stopping = fixture.Proxy.StopAsync();
        var lifetime = fixture.Proxy.Services.GetRequiredService<IHostApplicationLifetime>();
        await Patience.UntilAsync(() => lifetime.ApplicationStopping.IsCancellationRequested, "the stop");
        await Patience.UntilAsync(() => fixture.Upstream.UsageReports.Any(), "what was counted before, reported at once");
        await connection.SendAsync("X-Environment-Key: a\r\n\r\n"u8.ToArray());
        Assert.Equal(200, (await connection.ReadResponseAsync()).Status);
        Assert.False(stopping.IsCompleted);
        await slow.SendAsync(Encoding.UTF8.GetBytes("""{"identifier":"x"}"""));
        Assert.Equal(200, (await slow.ReadResponseAsync()).Status);
        await stopping;

        var rows = fixture.Upstream.UsageReports.SelectMany(UsageFixture.Rows).ToList();
        Assert.Equal(2, rows.Where(static row => row.StartsWith("a flags ", StringComparison.Ordinal)).Sum(static row => long.Parse(row.Split(' ')[2])));
        Assert.Single(rows, "b identities 1");
        Assert.Equal(3, UsageFixture.Total(fixture.Upstream.UsageReports));
    }

    [Fact]
    public async Task Stop_AReportHasNotGotThrough_SentAgainUnderItsKeyBeforeTheRest()
    {
        await using var fixture = await UsageFixture.StartAsync();
        fixture.AnswerReports(FakeUpstream.Status(500));
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        await fixture.PassIntervalAsync();
        await fixture.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.UsageDelayed);
        await fixture.Proxy.GetAsync("/api/v1/flags/", "b");
        fixture.Upstream.Behaviour = null;

        await fixture.Proxy.StopAsync();

        var reports = fixture.Upstream.UsageReports.ToList();
        Assert.Equal(reports[0].Header("Idempotency-Key"), reports[^2].Header("Idempotency-Key"));
        Assert.Equal(["b flags 1"], UsageFixture.Rows(reports[^1]));
        Assert.Equal(2, UsageFixture.Total(reports));
    }

    [Fact]
    public async Task Stop_AReportIsUnderWay_NotBrokenOffAndSentAgainAtOnceShouldItFail()
    {
        await using var fixture = await UsageFixture.StartAsync();
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.AnswerReports(async context =>
        {
            context.Response.StatusCode = 500;
            await answer.Task;
        });
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        await fixture.PassIntervalAsync();
        await Patience.UntilAsync(() => fixture.Upstream.UsageReports.Any(), "the report");

        var stopping = fixture.Proxy.StopAsync();
        await Patience.UntilAsync(async () => await IsClosedAsync(fixture.Proxy), "the server to stop");
        fixture.Upstream.Behaviour = null;
        answer.SetResult();
        await stopping; // and the clock stands still

        var reports = fixture.Upstream.UsageReports.ToList();
        Assert.Equal(2, reports.Count);
        Assert.Equal(reports[0].Header("Idempotency-Key"), reports[1].Header("Idempotency-Key"));
        Assert.Equal(0, fixture.Logged(EventIds.UsageUnreported));
    }

    [Fact]
    public async Task Stop_UpstreamDown_GivenUpWithinTheLimitAndSaid()
    {
        await using var fixture = await UsageFixture.StartAsync();
        fixture.AnswerReports(static async context =>
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        await fixture.Proxy.GetAsync("/api/v1/flags/", "a");
        using var limit = new CancellationTokenSource();

        var stopping = fixture.Proxy.StopAsync(limit.Token);
        await Patience.UntilAsync(() => fixture.Upstream.UsageReports.Any(), "the report");
        await limit.CancelAsync();
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        var entry = await fixture.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.UsageUnreported);
        Assert.Equal(LogLevel.Error, entry.Level);
        Assert.Contains("a report of 2 requests in 1 row", entry.Message, StringComparison.Ordinal);
    }

    private static async Task<bool> IsClosedAsync(TestProxy proxy)
    {
        try
        {
            await using var connection = await RawConnection.OpenAsync(proxy.Address);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>Has every thread that answers requests answer some: what came before them has been read then.</summary>
    private static async Task PassThroughAsync(TestProxy proxy)
    {
        for (var i = 0; i < 4 * Environment.ProcessorCount; i++)
        {
            await using var connection = await RawConnection.OpenAsync(proxy.Address);
            Assert.Equal(200, (await connection.GetAsync("/proxy/health/liveness", "")).Status);
        }
    }
}
