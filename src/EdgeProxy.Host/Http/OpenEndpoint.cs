namespace EdgeProxy.Host.Http;

/// <summary>An endpoint without authentication.</summary>
internal abstract class OpenEndpoint : EndpointHandler
{
    /// <summary>Answers a request.</summary>
    public abstract Task AnswerAsync(Exchange exchange);
}
