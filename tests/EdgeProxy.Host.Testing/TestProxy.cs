using System.Text;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Testing;

/// <summary>The whole proxy, as it is in production, on a free port of the loopback interface.</summary>
internal sealed class TestProxy : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestProxy(WebApplication application, LogCollector log)
    {
        _application = application;
        Log = log;
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Address = new Uri(addresses.First());
        LastAddress = new Uri(addresses.Last());
        Client = new HttpClient { BaseAddress = Address };
    }

    /// <summary>The address.</summary>
    public Uri Address { get; }

    /// <summary>The address of the metrics port, if there is one.</summary>
    public Uri LastAddress { get; }

    /// <summary>A client that asks it.</summary>
    public HttpClient Client { get; }

    /// <summary>The log entries.</summary>
    public LogCollector Log { get; }

    /// <summary>Its environments.</summary>
    public EnvironmentRegistry Registry => _application.Services.GetRequiredService<EnvironmentRegistry>();

    /// <summary>The publisher of documents.</summary>
    public EnvironmentPublisher Publisher => _application.Services.GetRequiredService<EnvironmentPublisher>();

    /// <summary>The shutdown sequence.</summary>
    public ShutdownSequence Shutdown => _application.Services.GetRequiredService<ShutdownSequence>();

    /// <summary>Waits until it is told to stop, and stops it, as the program does.</summary>
    public Task WaitForShutdownAsync() => _application.WaitForShutdownAsync();

    /// <summary>Its parts.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Starts one.</summary>
    /// <param name="options">The options; where it listens is its own business.</param>
    /// <param name="time">The clock.</param>
    /// <param name="secondLog">A second destination of the log.</param>
    public static async Task<TestProxy> StartAsync(ProxyOptions options, TimeProvider? time = null, ILoggerProvider? secondLog = null)
    {
        var problems = new List<SettingProblem>();
        var offline = OfflineDocumentLoader.Load(options.EnvironmentDocuments, options.Demo, problems);
        Assert.Empty(problems);
        return await StartAsync(options, offline, time, secondLog: secondLog);
    }

    /// <summary>Starts one that follows changes of its configuration.</summary>
    /// <param name="configuration">The configuration, with its origin.</param>
    /// <param name="time">The clock.</param>
    public static Task<TestProxy> FollowAsync(ConfigurationResult configuration, TimeProvider time) =>
        StartAsync(configuration.Options, [], time, followed: configuration);

    /// <summary>Starts one that serves documents without an upstream, and waits until it does.</summary>
    public static async Task<TestProxy> ServeAsync(params string[] documents) => await ServeAsync(new ProxyOptions(), documents);

    /// <summary>The same with options.</summary>
    public static Task<TestProxy> ServeAsync(ProxyOptions options, params string[] documents) => ServeAsync(options, LogLevel.Debug, documents);

    /// <summary>The same with a log that starts at a level, such as in production: what is logged costs something.</summary>
    public static async Task<TestProxy> ServeAsync(ProxyOptions options, LogLevel logLevel, params string[] documents)
    {
        OfflineDocument[] offline =
        [
            .. documents.Select(static document =>
            {
                var content = Encoding.UTF8.GetBytes(document);
                var key = OfflineDocumentLoader.ReadKey(content);
                return new OfflineDocument(new EnvironmentState(key, $"ser.{key}", EnvironmentKind.Offline), content);
            }),
        ];
        var proxy = await StartAsync(options, offline, time: null, logLevel);
        await proxy.WaitUntilLoadedAsync();
        return proxy;
    }

    /// <summary>Waits until every environment is loaded.</summary>
    public Task WaitUntilLoadedAsync() => Patience.UntilAsync(
        () => Registry.Environments.All(static environment => environment.Current is not null), "all environments to be loaded");

    /// <summary>Asks for something with a key.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, string? key, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, target);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Environment-Key", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        }

        return Client.SendAsync(request);
    }

    /// <summary>The body of a <c>GET</c> that must succeed.</summary>
    public async Task<string> GetAsync(string target, string key)
    {
        using var response = await SendAsync(HttpMethod.Get, target, key);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The body of a <c>POST /api/v1/identities/</c> that must succeed.</summary>
    public async Task<string> PostIdentityAsync(string key, string body)
    {
        using var response = await SendAsync(HttpMethod.Post, "/api/v1/identities/", key, body);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        return answer;
    }

    /// <summary>Stops it, as the end of the process would.</summary>
    /// <param name="limit">Ends its patience.</param>
    public Task StopAsync(CancellationToken limit = default) => _application.StopAsync(limit);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }

    private static async Task<TestProxy> StartAsync(
        ProxyOptions options,
        IReadOnlyList<OfflineDocument> offline,
        TimeProvider? time,
        LogLevel logLevel = LogLevel.Debug,
        ILoggerProvider? secondLog = null,
        ConfigurationResult? followed = null)
    {
        var log = new LogCollector();
        var application = ProxyApplication.Build(
            OnFreePort(options),
            offline,
            time ?? TimeProvider.System,
            logging =>
            {
                logging.SetMinimumLevel(logLevel).AddProvider(log);
                if (secondLog is not null)
                {
                    logging.AddProvider(secondLog);
                }
            },
            followed);
        await application.StartAsync();
        return new TestProxy(application, log);
    }

    private static ProxyOptions OnFreePort(ProxyOptions options) => options with
    {
        Server = options.Server with
        {
            Host = "127.0.0.1",
            Port = 0,

            // A test that wants the warm-up says for how long; the others must not wait for it.
            WarmUp = options.Server.WarmUp == new ServerOptions().WarmUp ? TimeSpan.Zero : options.Server.WarmUp,
        },

        // The machine may be busy with other tests.
        Overload = options.Overload with { MaxQueueDelay = TimeSpan.Zero },
    };
}
