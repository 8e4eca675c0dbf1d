using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Server;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>The proxy in this process, on a free port of the loopback interface, serving documents from files only.</summary>
internal sealed class OwnInstance : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MaxStop = TimeSpan.FromSeconds(2);

    private readonly WebApplication _application;

    private OwnInstance(WebApplication application)
    {
        _application = application;
        Url = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>The address.</summary>
    public Uri Url { get; }

    /// <summary>Starts it, and waits until it serves the documents.</summary>
    /// <param name="options">The options, of which those that decide about answers are used.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CompareException">A document cannot be served.</exception>
    public static async Task<OwnInstance> StartAsync(ProxyOptions options, IReadOnlyList<OfflineDocument> documents, CancellationToken cancellationToken)
    {
        var own = new ProxyOptions
        {
            Server = new ServerOptions { Host = "127.0.0.1", Port = 0, WarmUp = TimeSpan.Zero },
            Documents = options.Documents,
            Identities = options.Identities,
            Limits = options.Limits,
            Overload = new OverloadOptions { MaxQueueDelay = TimeSpan.Zero },
        };
        var application = ProxyApplication.Build(own, documents, TimeProvider.System, static logging => logging.SetMinimumLevel(LogLevel.None));
        await application.StartAsync(cancellationToken);
        var instance = new OwnInstance(application);
        var registry = application.Services.GetRequiredService<EnvironmentRegistry>();
        while (registry.Environments.FirstOrDefault(static environment => environment.Current is null) is { } waiting)
        {
            if ((waiting.Freshness.Rejected ?? waiting.Freshness.LastError) is { } rejected)
            {
                await instance.DisposeAsync();
                throw new CompareException($"The document cannot be served: {rejected.Message}");
            }

            await Task.Delay(LookAgain, TimeProvider.System, cancellationToken);
        }

        return instance;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(MaxStop, TimeProvider.System);
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
    }
}
