using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeProxy.Host.Http;

/// <summary>A feature of connections to a listener other than the main one, which tells requests on them from others.</summary>
/// <param name="Kind">The listener.</param>
internal sealed record ListenerFeature(ListenerKind Kind)
{
    /// <summary>Gives a listener a kind of its own.</summary>
    public static void Configure(ListenOptions listen, ListenerKind kind)
    {
        var feature = new ListenerFeature(kind);
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection =>
        {
            connection.Features.Set(feature);
            return next(connection);
        });
    }
}
