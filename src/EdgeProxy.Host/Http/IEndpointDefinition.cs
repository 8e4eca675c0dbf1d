namespace EdgeProxy.Host.Http;

/// <summary>An endpoint's class that says itself how it is reached, so that the table needs one line for it.</summary>
internal interface IEndpointDefinition
{
    /// <summary>The definition.</summary>
    static abstract EndpointDefinition Definition { get; }
}
