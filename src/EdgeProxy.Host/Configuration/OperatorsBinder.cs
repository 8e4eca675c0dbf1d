namespace EdgeProxy.Host.Configuration;

/// <summary>The part of the settings that is about operators' paths.</summary>
internal static class OperatorsBinder
{
    /// <summary>Binds it.</summary>
    /// <param name="operators">The settings of operators' paths.</param>
    /// <param name="server">The settings of the server.</param>
    /// <param name="defaults">The defaults.</param>
    public static OperatorOptions Bind(SettingNode operators, SettingNode server, ProxyOptions defaults)
    {
        var port = operators["port"];
        var socket = operators["unix_socket"];
        var options = new OperatorOptions
        {
            TrustLoopback = operators["trust_loopback"].Boolean(defaults.Operators.TrustLoopback),
            Port = port.IsUnset ? null : (int)port.Integer(0, 0, 65535),
            Host = NonEmpty(operators["host"]),
            UnixSocket = NonEmpty(socket),
        };
        if (options.Port > 0 && options.Host is null && options.Port == server["port"].Integer(defaults.Server.Port, 0, 65535))
        {
            port.Problem("must be another than server.port");
        }

        if (options.UnixSocket is { } path && !Path.IsPathRooted(path))
        {
            socket.Expected("an absolute path");
        }

        if (options.HasListener && NonEmpty(server["admin_token"]) is null)
        {
            // Not the machine itself either: whoever can reach the listener is somebody that was let through to it.
            (options.Port is null ? socket : port).Problem("needs server.admin_token: nothing else opens operators' paths there");
        }

        return options;
    }

    private static string? NonEmpty(SettingNode node) => node.Text() is { Length: > 0 } text ? text : null;
}
