using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Endpoints;

/// <summary>An endpoint that can be reached: its definition and its handler.</summary>
internal sealed record EndpointRoute(EndpointDefinition Definition, EndpointHandler Handler);
