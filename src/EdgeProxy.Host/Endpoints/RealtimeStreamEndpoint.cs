using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Streams;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>GET /sse/environments/&lt;client-side key&gt;/stream</c> (docs/spec/realtime.md 4): SDKs, and other proxies, learn of
/// changes of an environment.
/// </summary>
internal sealed class RealtimeStreamEndpoint : OpenEndpoint, IEndpointDefinition
{
    private const string Path = "/sse/environments/{key}/stream";

    private static readonly PathPattern Pattern = new(Path);

    private readonly StreamHub _hub;
    private readonly StreamBrake _brake;
    private readonly RealtimeFormats _formats;
    private readonly EnvironmentRegistry _registry;
    private readonly bool _serves;

    public RealtimeStreamEndpoint(StreamOptions options, StreamHub hub, StreamBrake brake, EnvironmentRegistry registry)
    {
        _serves = options.Serve;
        _hub = hub;
        _brake = brake;
        _formats = new RealtimeFormats(options);
        _registry = registry;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("stream", Path, EndpointSurface.Sdk)
    {
        Methods = EndpointMethods.GetAndOptions,
        Cors = CorsRule.Public,
        Overload = OverloadRule.Answer,
        Drain = DrainRule.EndStream,
    };

    /// <inheritdoc/>
    public override bool IsEnabled => _serves;

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange)
    {
        if (exchange.Method == HttpMethods.Options)
        {
            exchange.ResponseHeaders.Allow = Definition.Methods.Allow;
            exchange.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return Find(exchange) is { } environment ? OpenAsync(exchange, environment) : _brake.AnswerAsync(exchange, AnswerUnknownAsync);
    }

    private EnvironmentState? Find(Exchange exchange) =>
        _registry.Find(Pattern.DecodeParameterOf(exchange.RawTarget)) is { Audience: FlagAudience.Client } binding ? binding.Environment : null;

    private Task OpenAsync(Exchange exchange, EnvironmentState environment)
    {
        exchange.Environment = environment;
        return _hub.OpenAsync(exchange, environment, _formats.For(exchange.RequestHeaders.UserAgent.ToString()));
    }

    /// <summary>Looks again: the environment may have been found meanwhile, as at the start of a proxy that discovers them.</summary>
    private Task AnswerUnknownAsync(Exchange exchange) =>
        Find(exchange) is { } environment ? OpenAsync(exchange, environment) : SdkErrors.UnknownEnvironment(exchange);
}
