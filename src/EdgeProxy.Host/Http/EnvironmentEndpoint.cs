using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Http;

/// <summary>
/// An endpoint that requires the key of an environment. The dispatcher finds the environment by the key and reads its
/// current version once: the request sees no other.
/// </summary>
internal abstract class EnvironmentEndpoint : EndpointHandler
{
    /// <summary>Answers a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="environment">The version of the environment.</param>
    /// <param name="audience">The audience that the key belongs to.</param>
    public abstract Task AnswerAsync(Exchange exchange, PublishedEnvironment environment, FlagAudience audience);
}
