using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Analytics;

/// <summary>A proxy with the environments a and b, whose upstream takes flag analytics, and hardly anything else going on.</summary>
internal sealed class AnalyticsProxy : IAsyncDisposable
{
    public const string Path = "/api/v1/analytics/flags/";

    public const string EvaluationsPath = "/api/v2/analytics/flags/";

    private readonly ProxyOptions _options;

    private AnalyticsProxy(FakeUpstream upstream, ManualTimeProvider time, TestProxy proxy, ProxyOptions options)
    {
        Upstream = upstream;
        Time = time;
        Proxy = proxy;
        _options = options;
    }

    public FakeUpstream Upstream { get; }

    public ManualTimeProvider Time { get; }

    public TestProxy Proxy { get; private set; }

    /// <summary>The upstream's answer to counts; null for 200.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    /// <summary>The requests with evaluations by identity that the upstream got.</summary>
    public IReadOnlyList<RecordedRequest> Evaluations => [.. Upstream.Requests.Where(static request => request.Target == EvaluationsPath)];

    /// <summary>The requests with counts that the upstream got.</summary>
    public IReadOnlyList<RecordedRequest> Reports => [.. Upstream.Requests.Where(static request => request.Target == Path)];

    public static async Task<AnalyticsProxy> StartAsync(Func<ProxyOptions, ProxyOptions>? configure = null, bool isLoaded = true)
    {
        var upstream = await FakeUpstream.StartAsync();
        if (isLoaded)
        {
            upstream.SetDocument("ser.a", Encoding.UTF8.GetBytes(Documents.Small("a").ToJsonString()));
            upstream.SetDocument("ser.b", Encoding.UTF8.GetBytes(Documents.Small("b").ToJsonString()));
        }

        var time = new ManualTimeProvider();
        AnalyticsProxy? fixture = null;
        upstream.Behaviour = context => context.Request.Path != Path && context.Request.Path != EvaluationsPath ? upstream.AnswerWithDocumentAsync(context)
            : fixture?.Answer is { } answer ? answer(context)
            : Task.CompletedTask;
        var options = new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1"), ApiPollFrequency = TimeSpan.FromDays(1), ApiPollTimeout = TimeSpan.FromMinutes(1) },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.a", "a"), new EnvironmentKeyPairOptions("ser.b", "b")],
        };
        options = configure?.Invoke(options) ?? options;
        var proxy = await TestProxy.StartAsync(options, time);
        fixture = new AnalyticsProxy(upstream, time, proxy, options);
        if (isLoaded)
        {
            await proxy.WaitUntilLoadedAsync();
        }

        return fixture;
    }

    /// <summary>Stops the proxy and starts another one, with the same upstream.</summary>
    public async Task RestartAsync(Func<ProxyOptions, ProxyOptions>? configure = null)
    {
        await Proxy.DisposeAsync();
        Proxy = await StartAnotherAsync(configure);
    }

    /// <summary>Starts another proxy beside this one.</summary>
    public Task<TestProxy> StartAnotherAsync(Func<ProxyOptions, ProxyOptions>? configure = null) =>
        TestProxy.StartAsync(configure?.Invoke(_options) ?? _options, Time);

    /// <summary>Posts counts, which must be taken.</summary>
    public async Task PostAsync(string key, string body, params (string Name, string Value)[] headers)
    {
        using var response = await Proxy.SendAsync(HttpMethod.Post, Path, key, body, headers);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
    }

    /// <summary>Moves the clock until the upstream got so many requests with counts in all.</summary>
    public Task UntilReportsAsync(int count) => UntilAsync(() => Reports.Count >= count, $"{count} requests with counts");

    /// <summary>Moves the clock until something holds.</summary>
    public Task UntilAsync(Func<bool> holds, string what) => Time.AdvanceUntilAsync(TimeSpan.FromSeconds(1), holds, what);

    /// <summary>The counts of requests, summed up by name.</summary>
    public static string Sums(params IEnumerable<RecordedRequest> reports) => string.Join(' ', reports
        .SelectMany(static report => JsonDocument.Parse(report.Body).RootElement.EnumerateObject())
        .GroupBy(static entry => entry.Name, static entry => entry.Value.GetInt64())
        .OrderBy(static name => name.Key, StringComparer.Ordinal)
        .Select(static name => $"{name.Key}={name.Sum()}"));

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
