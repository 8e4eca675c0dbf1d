using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeProxy.Host.Http;

/// <summary>The feature of connections to the listener that is for operators alone (<c>operators.port</c>, <c>operators.unix_socket</c>).</summary>
internal sealed class OperatorsListener
{
    private static readonly OperatorsListener Mark = new();

    private OperatorsListener()
    {
    }

    /// <summary>Makes a listener the one of operators.</summary>
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
