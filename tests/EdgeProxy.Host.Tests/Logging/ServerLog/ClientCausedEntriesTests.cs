using System.Reflection;
using EdgeProxy.Host.Logging.ServerLog;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Logging.ServerLog;

/// <summary>The server's log messages, read from the server itself: another version may have more.</summary>
public sealed class ClientCausedEntriesTests
{
    // About the program, the machine, or what the operator set.
    private static readonly string[] OthersAboveInformation =
    [
        "ApplicationError", "HeartbeatSlow", "Http2DisabledWithHttp1AndNoTls", "Http2UnexpectedConnectionQueueError",
        "Http2UnexpectedDataRemaining", "Http3DisabledWithHttp1AndNoTls", "InvalidResponseHeaderRemoved",
    ];

    private static readonly IReadOnlyList<(string Name, LogLevel Level)> Server =
    [
        .. typeof(KestrelServer).Assembly.GetTypes()
            .Where(static type => type.DeclaringType?.Name == "KestrelTrace")
            .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .Select(static message => (message.EventName!, message.Level)),
    ];

    [Fact]
    public void Contains_WhatTheServerSaysAboveInformation_EitherOfClientsOrKnownNotToBe()
    {
        var above = Server.Where(static entry => entry.Level > LogLevel.Information).Select(static entry => entry.Name).ToList();

        Assert.NotEmpty(above);
        Assert.Equal(OthersAboveInformation, above.Where(static name => !ClientCausedEntries.Contains(new EventId(0, name), null)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ConnectionRejected")]
    [InlineData("ApplicationAbortedConnection")]
    [InlineData("ApplicationNeverCompleted")]
    [InlineData("Http2QueueOperationsExceeded")]
    [InlineData("RequestBodyDrainBodyReaderInvalidState")]
    [InlineData("RequestBodyDrainTimedOut")]
    [InlineData("RequestBodyNotEntirelyRead")]
    public void Contains_WhatClientsCause_UnderTheNameThatTheServerHasForIt(string name)
    {
        Assert.True(ClientCausedEntries.Contains(new EventId(0, name), null));
        Assert.Contains(Server, entry => entry.Name == name);
    }

    [Theory]
    [InlineData(67, null, false)]
    [InlineData(0, "Unhandled exception while processing 1.", false)]
    [InlineData(0, "Connection processing ended abnormally.", true)]
    public void Contains_EntryWithoutAName_ByWhatItSays(int id, string? text, bool contains) =>
        Assert.Equal(contains, ClientCausedEntries.Contains(new EventId(id), text));
}
