using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Endpoints;

/// <summary>An endpoint for operators whose path names an environment, by its client-side key or its name.</summary>
internal abstract class OperatorEnvironmentEndpoint : OperatorEndpoint
{
    private readonly EnvironmentRegistry _registry;
    private readonly PathPattern _pattern;

    protected OperatorEnvironmentEndpoint(EnvironmentRegistry registry, PathPattern pattern)
    {
        _registry = registry;
        _pattern = pattern;
    }

    /// <inheritdoc/>
    public sealed override Task AnswerAsync(Exchange exchange)
    {
        if (EnvironmentNames.FindByKeyOrName(_registry, _pattern.DecodeParameterOf(exchange.RawTarget)) is not { } environment)
        {
            return SdkErrors.UnknownEnvironment(exchange);
        }

        exchange.Environment = environment;
        return AnswerAsync(exchange, environment);
    }

    /// <summary>Answers a request of an operator.</summary>
    protected abstract Task AnswerAsync(Exchange exchange, EnvironmentState environment);
}
