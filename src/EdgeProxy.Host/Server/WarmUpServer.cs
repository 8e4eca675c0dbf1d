using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Operations.Export;
using EdgeProxy.Host.Server.WarmUp;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EdgeProxy.Host.Server;

/// <summary>
/// The server of the warm-up: the proxy once more, with the same code from socket to socket. It has registry, counters, limits
/// and queues of its own, which are thrown away with it, and no log, no hosted service and no port: what it is asked shows
/// nowhere. It shares the snapshots of the environments, which are immutable, and has the demo environment for itself.
/// </summary>
internal sealed class WarmUpServer : IWarmUpServer
{
    private const int MoreFeatures = 20;
    private const int FirstFeature = 1_000_000;

    private readonly WebApplication _application;
    private readonly WarmUpListenerFactory _listeners;

    private WarmUpServer(WebApplication application, WarmUpListenerFactory listeners, IReadOnlyList<WarmUpEnvironment> environments)
    {
        _application = application;
        _listeners = listeners;
        Environments = environments;
    }

    /// <inheritdoc/>
    public IReadOnlyList<WarmUpEnvironment> Environments { get; }

    /// <summary>Starts one.</summary>
    /// <param name="options">The options of the proxy, of which those that decide about answers are used.</param>
    /// <param name="environments">The environments.</param>
    public static async Task<IWarmUpServer> StartAsync(ProxyOptions options, IReadOnlyList<PublishedEnvironment> environments)
    {
        var own = new ProxyOptions
        {
            Server = new ServerOptions { Host = "127.0.0.1", Port = 0, WarmUp = TimeSpan.Zero },
            Documents = options.Documents,
            Identities = options.Identities,
            Limits = options.Limits,
            Cors = options.Cors,
            Revision = options.Revision,
            Ofrep = options.Ofrep,
            Analytics = options.Analytics,
            Overload = new OverloadOptions { MaxQueueDelay = TimeSpan.Zero },
        };
        var listeners = new WarmUpListenerFactory(ListenerSetup.ReadBufferOf(options.Limits));
        EnvironmentState[] states = [.. environments.Select(static (_, number) => StateOf(number)), StateOf(environments.Count)];
        var application = ProxyApplication.Build(own, [], TimeProvider.System, static logging => logging.SetMinimumLevel(LogLevel.None), adjust: services =>
        {
            services.Replace(ServiceDescriptor.Singleton(new EnvironmentRegistry(states, TimeProvider.System)));
            services.Replace(ServiceDescriptor.Singleton(new RequestTracer("EdgeProxy.WarmUp"))); // nobody listens to it
            services.Replace(ServiceDescriptor.Singleton<IConnectionListenerFactory>(listeners));
        });
        PublishedEnvironment[] published = [.. environments, application.Services.GetRequiredService<DocumentAdmission>().Admit(MakeDocument(), current: null).Environment];
        foreach (var (state, environment) in states.Zip(published))
        {
            state.Publish(environment);
        }

        // Only the server: the host would start services, and take over signals.
        await application.Services.GetRequiredService<IServer>().StartAsync(application.Services.GetRequiredService<SdkApplication>(), CancellationToken.None);
        return new WarmUpServer(
            application, listeners, [.. states.Zip(published, (state, environment) => new WarmUpEnvironment(state.ClientSideKey, environment, IsOwn: state == states[^1]))]);
    }

    /// <inheritdoc/>
    public Socket Connect()
    {
        var (client, server) = SocketPair.Create();
        _listeners.Add(server);
        return client;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.Services.GetRequiredService<IServer>().StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _listeners.Dispose();
    }

    private static EnvironmentState StateOf(int number) => new($"warm-up-{number}", $"ser.warm-up-{number}", EnvironmentKind.Offline);

    /// <summary>The demo environment, with so many features more that its answers are long enough to be compressed.</summary>
    private static byte[] MakeDocument()
    {
        var document = JsonNode.Parse(OfflineDocumentLoader.Load([], demo: true, new List<SettingProblem>())[0].TakeContent())!;
        var states = document["feature_states"]!.AsArray();
        for (var number = 0; number < MoreFeatures; number++)
        {
            var state = states[0]!.DeepClone();
            state["feature"]!["id"] = FirstFeature + number;
            state["feature"]!["name"] = $"warm-up-{number}";
            states.Add(state);
        }

        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }
}
