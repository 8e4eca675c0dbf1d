using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeProxy.Host.Metrics;

/// <summary>A feature of connections to the metrics port, which tells requests on them from others.</summary>
internal sealed class MetricsPort
{
    private static readonly MetricsPort Mark = new();

    private MetricsPort()
    {
    }

    /// <summary>Makes a listener the metrics port.</summary>
    public static void Configure(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(static next => connection =>
        {
            connection.Features.Set(Mark);
            return next(connection);
        });
    }
}
