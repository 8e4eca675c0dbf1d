using EdgeProxy.Host.Commands.Comparison;
using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Commands.Comparison;

/// <summary>The load that a comparison puts on the servers, and how it bears their trouble.</summary>
public sealed class ComparisonRunTests
{
    private const string NoFlags = "[]";

    private static readonly Question[] Questions = [.. Enumerable.Range(0, 60).Select(static i => new Question(Question.FromFile, $"line {i}", "{}"u8.ToArray()))];

    [Fact]
    public async Task Run_WithARate_NeitherServerGetsMore()
    {
        const double Rate = 100;
        await using var here = await StartAsync();
        await using var there = await StartAsync();
        var started = TimeProvider.System.GetTimestamp();

        var result = await ComparisonSetUp.CompareAsync(here.Address, there.Address, Questions, Rate);

        // From the first request to the last, as many intervals as there are requests after the first.
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds((Questions.Length - 1) / Rate));
        Assert.Equal(Questions.Length, here.Requests.Count);
        Assert.Equal(Questions.Length, there.Requests.Count);
        Assert.Empty(result.Differences);
    }

    [Fact]
    public async Task Run_SlowServer_EightRequestsAtATime()
    {
        var gauge = new ConcurrencyGauge();
        var full = new TaskCompletionSource();
        await using var here = await StartAsync();
        await using var there = await StartAsync();
        there.Behaviour = async context =>
        {
            gauge.Enter();
            if (gauge.Current == 8)
            {
                full.TrySetResult();
            }

            await full.Task;
            gauge.Leave();
            await context.Response.WriteAsync(NoFlags);
        };

        await ComparisonSetUp.CompareAsync(here.Address, there.Address, Questions);

        Assert.Equal(8, gauge.Max);
    }

    [Fact]
    public async Task Run_OverloadedServer_AskedAgainLater()
    {
        var isFirst = 1;
        await using var here = await StartAsync();
        await using var there = await StartAsync();
        there.Behaviour = async context =>
        {
            if (Interlocked.Exchange(ref isFirst, 0) == 1)
            {
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                return;
            }

            await context.Response.WriteAsync(NoFlags);
        };

        var result = await ComparisonSetUp.CompareAsync(here.Address, there.Address, Questions[..1]);

        Assert.Empty(result.Differences);
        Assert.Equal(2, there.Requests.Count);
    }

    [Fact]
    public async Task Run_ServerGone_SaysWhich()
    {
        await using var here = await StartAsync();
        await using var gone = await StartAsync();
        var address = gone.Address;
        await gone.DisposeAsync();

        var exception = await Assert.ThrowsAsync<CompareException>(() => ComparisonSetUp.CompareAsync(here.Address, address, Questions[..1]));

        Assert.Equal($"{address}api/v1/: connection refused by 127.0.0.1:{address.Port} (nothing listens there; check the address)", exception.Message);
    }

    [Fact]
    public async Task Run_DifferenceThatVanishes_CountedApart()
    {
        var isFirst = 1;
        await using var here = await StartAsync();
        await using var there = await StartAsync();
        there.Behaviour = context => context.Response.WriteAsync(
            Interlocked.Exchange(ref isFirst, 0) == 1 ? """[{"feature":{"name":"new"},"enabled":true,"feature_state_value":1}]""" : NoFlags);

        var result = await ComparisonSetUp.CompareAsync(here.Address, there.Address, Questions[..3]);

        Assert.Empty(result.Differences);
        Assert.Equal(1, result.Vanished);
    }

    private static async Task<FakeUpstream> StartAsync()
    {
        var server = await FakeUpstream.StartAsync();
        server.Behaviour = static context => context.Response.WriteAsync(NoFlags);
        return server;
    }
}
