using EdgeProxy.Host.Http;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.WebConsole;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /proxy/console</c> (docs/spec/explain.md 7): the console, and the files of its page.</summary>
internal sealed class ConsoleEndpoint : OpenEndpoint, IEndpointDefinition
{
    private const string FilePath = "/proxy/console/{file}";

    private static readonly PathPattern Files = new(FilePath);

    private readonly ConsoleAssets _assets;
    private readonly ConsoleOptions _options;
    private readonly OperatorAccess _access;

    public ConsoleEndpoint(ConsoleAssets assets, ConsoleOptions options, OperatorAccess access)
    {
        _assets = assets;
        _options = options;
        _access = access;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("console", "/proxy/console", EndpointSurface.Operators)
    {
        Aliases = [FilePath],
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override bool IsEnabled => _options.IsEnabled;

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange) =>
        !_access.AllowsConsole(exchange) ? SdkErrors.OperatorsOnly(exchange, isTokenConfigured: false)
        : _assets.AnswerAsync(exchange, Files.DecodeParameterOf(exchange.RawTarget) is { Length: > 0 } file ? file : ConsoleAssets.Page);
}
