namespace EdgeProxy.Host.Http;

/// <summary>An endpoint that answers operators only; the dispatcher checks that before.</summary>
internal abstract class OperatorEndpoint : EndpointHandler
{
    /// <summary>Answers a request of an operator.</summary>
    public abstract Task AnswerAsync(Exchange exchange);
}
