using System.Net.Sockets;
using StackExchange.Redis;

namespace EdgeProxy.Host.Fleet.Redis;

/// <summary>The cause of a failed operation, in words for operators.</summary>
internal static class RedisFailure
{
    /// <summary>Describes a failure: the server's own words if there are any. They contain no keys of environments.</summary>
    public static string? Describe(Exception? exception) => exception switch
    {
        null => null,
        RedisServerException server => server.Message,
        RedisTimeoutException or TimeoutException => "no answer in time",
        RedisConnectionException { InnerException: { } inner } => Describe(inner),
        RedisConnectionException connection => Describe(connection.FailureType),
        SocketException socket => socket.SocketErrorCode == SocketError.ConnectionRefused ? "connection refused" : socket.Message,
        AggregateException { InnerExceptions: [var first, ..] } => Describe(first),
        _ => exception.Message,
    };

    /// <summary>Describes the failure of a connection.</summary>
    public static string Describe(ConnectionFailureType failure) => failure switch
    {
        ConnectionFailureType.AuthenticationFailure => "the server rejected user and password",
        ConnectionFailureType.UnableToResolvePhysicalConnection => "no server could be reached",
        ConnectionFailureType.SocketClosed => "the connection was closed",
        _ => "there is no connection",
    };
}
