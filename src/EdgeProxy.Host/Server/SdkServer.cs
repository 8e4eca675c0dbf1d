using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeProxy.Host.Server;

/// <summary>
/// A server that runs <see cref="SdkApplication"/> instead of the application it is started with. The framework's own
/// application creates an <see cref="HttpContext"/>, an activity and a logging scope for each request, which nothing here
/// uses.
/// </summary>
internal sealed class SdkServer : IServer
{
    private readonly IServer _server;
    private readonly SdkApplication _application;

    public SdkServer(IServer server, SdkApplication application)
    {
        _server = server;
        _application = application;
    }

    /// <inheritdoc/>
    public IFeatureCollection Features => _server.Features;

    /// <summary>Wraps the registered server.</summary>
    public static void Wrap(IServiceCollection services)
    {
        var registered = services.Last(static service => service.ServiceType == typeof(IServer));
        var type = registered.ImplementationType ?? throw new InvalidOperationException("The server is not registered by its type.");
        services.Remove(registered);
        services.AddSingleton<IServer>(provider => new SdkServer(
            (IServer)ActivatorUtilities.CreateInstance(provider, type), provider.GetRequiredService<SdkApplication>()));
    }

    /// <inheritdoc/>
    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => _server.StartAsync(_application, cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
