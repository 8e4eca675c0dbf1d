using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Endpoints;

/// <summary>A line of the table of endpoints.</summary>
/// <param name="Definition">The definition of the endpoint.</param>
/// <param name="Register">Registers its handler.</param>
/// <param name="Resolve">Gives its handler.</param>
internal sealed record EndpointEntry(EndpointDefinition Definition, Action<IServiceCollection> Register, Func<IServiceProvider, EndpointHandler> Resolve);
