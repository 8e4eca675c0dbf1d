using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Http;

/// <summary>
/// An endpoint that answers SDKs with the key of an environment. The dispatcher finds the environment by the key and reads
/// its current version, once: the request sees no other.
/// </summary>
internal abstract class EnvironmentEndpoint : EndpointHandler
{
    /// <summary>Answers a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="environment">The version of the environment to answer from.</param>
    /// <param name="audience">The kind of key that the request came with.</param>
    public abstract Task AnswerAsync(Exchange exchange, PublishedEnvironment environment, FlagAudience audience);
}
