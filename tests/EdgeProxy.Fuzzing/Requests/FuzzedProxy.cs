using System.Net;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Server;
using EdgeProxy.Workloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>The proxy that is talked to: the real one, on a real server, in this process; or one that runs elsewhere.</summary>
internal sealed class FuzzedProxy : IAsyncDisposable
{
    private readonly WebApplication? _application;
    private readonly ErrorLog _log;

    private FuzzedProxy(Uri address, WebApplication? application, ErrorLog log)
    {
        _application = application;
        _log = log;
        Address = address.HostNameType == UriHostNameType.Dns
            ? new DnsEndPoint(address.Host, address.Port)
            : new IPEndPoint(IPAddress.Parse(address.Host), address.Port);
    }

    /// <summary>The address.</summary>
    public EndPoint Address { get; }

    /// <summary>The first warning or error that it logged since this was last asked; null if there was none, or its log is elsewhere.</summary>
    public string? TakeError() => _log.Take();

    /// <summary>One that runs already.</summary>
    public static FuzzedProxy At(Uri address) => new(address, application: null, new ErrorLog());

    /// <summary>Starts one, with the demo and a larger environment, and waits until both are loaded.</summary>
    public static async Task<FuzzedProxy> StartAsync()
    {
        // Not as --demo: that opens operators' paths to everybody.
        var options = new ProxyOptions { Server = new ServerOptions { Host = "127.0.0.1", Port = 0, WarmUp = TimeSpan.Zero } };
        var problems = new List<SettingProblem>();
        const string Key = IdentityRequests.EnvironmentKey;
        var shape = new EnvironmentShape { Features = 50, Segments = 5, OverridesPerSegment = 10, IdentityOverrides = 100 };
        IReadOnlyList<OfflineDocument> documents =
        [
            .. OfflineDocumentLoader.Load(options.EnvironmentDocuments, demo: true, problems),
            new OfflineDocument(new EnvironmentState(Key, $"ser.{Key}", EnvironmentKind.Offline), DocumentMaker.Make(shape, Key)),
        ];
        var log = new ErrorLog();
        var application = ProxyApplication.Build(options, documents, TimeProvider.System, logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
        await application.StartAsync();
        var registry = application.Services.GetRequiredService<EnvironmentRegistry>();
        while (registry.Environments.Any(static environment => environment.Current is null))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new FuzzedProxy(new Uri(addresses.First()), application, log);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await _application.StopAsync(atOnce.Token);
            await _application.DisposeAsync();
        }
    }
}
