namespace EdgeProxy.Host.Http;

/// <summary>
/// Implemented by endpoint classes to provide their own definition, so that the table needs one line for each.
/// </summary>
internal interface IEndpointDefinition
{
    /// <summary>The definition.</summary>
    static abstract EndpointDefinition Definition { get; }
}
