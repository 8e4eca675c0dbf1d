using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Http;

/// <summary>An endpoint that answers SDKs with the key of an environment, whether its document is loaded or not.</summary>
internal abstract class KeyedEndpoint : EndpointHandler
{
    /// <summary>Answers a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="binding">The environment and the audience of its key.</param>
    public abstract Task AnswerAsync(Exchange exchange, KeyBinding binding);

    /// <summary>Answers a request without a key of an environment.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="key">The key that came; empty if none did.</param>
    public virtual Task RejectKey(Exchange exchange, ReadOnlySpan<char> key) => SdkErrors.UnknownKey(exchange, key);
}
