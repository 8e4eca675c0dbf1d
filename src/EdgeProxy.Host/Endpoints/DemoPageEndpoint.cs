using EdgeProxy.Host.Http;
using EdgeProxy.Host.WebConsole;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /</c> of the demo: the console, so that the address of the proxy is all that there is to open.</summary>
internal sealed class DemoPageEndpoint : OpenEndpoint, IEndpointDefinition
{
    private readonly ConsoleAssets _assets;
    private readonly ConsoleOptions _options;

    public DemoPageEndpoint(ConsoleAssets assets, ConsoleOptions options)
    {
        _assets = assets;
        _options = options;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("demo_page", "/", EndpointSurface.Operators)
    {
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override bool IsEnabled => _options is { IsEnabled: true, IsDemo: true };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange) => _assets.AnswerAsync(exchange, ConsoleAssets.Page);
}
