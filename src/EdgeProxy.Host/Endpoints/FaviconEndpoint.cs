using EdgeProxy.Host.Http;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /favicon.ico</c>, which browsers request by themselves: an icon, so that it is no error in metrics.</summary>
internal sealed class FaviconEndpoint : OpenEndpoint, IEndpointDefinition
{
    private static readonly StringValues Svg = "image/svg+xml";

    private static readonly byte[] Icon =
        """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><path d="M48 4 86 26v44L48 92 10 70V26z" fill="#4f46e5"/><path d="M34 24v50" stroke="#fff" stroke-width="8" stroke-linecap="round"/><path d="M37 27h34l-8 12 8 12H37z" fill="#fff"/></svg>"""u8.ToArray();

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("favicon", "/favicon.ico", EndpointSurface.Sdk);

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange) => ResponseWriter.WriteText(exchange, StatusCodes.Status200OK, Icon, Svg);
}
