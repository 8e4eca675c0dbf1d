using System.Collections.Frozen;

namespace EdgeProxy.Host.Logging.ServerLog;

/// <summary>
/// Log entries that any client can cause above debug level, as often as it likes: by the names that the server gives to
/// its entries, and one without a name. All other entries of the server at such levels are about the program or the machine.
/// </summary>
internal static class ClientCausedEntries
{
    /// <summary>The category of the server's entries, and the prefix of those of its parts.</summary>
    public const string Category = "Microsoft.AspNetCore.Server.Kestrel";

    // An unhandled error of the server itself, such as for an HTTP/2 header with the index 0.
    private const string EndedAbnormally = "Connection processing ended abnormally.";

    private static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal,
        "ApplicationAbortedConnection", // the application aborts a connection that can no longer be answered
        "ApplicationNeverCompleted", // a client that resets streams faster than their ends are written
        "ConnectionRejected", // a connection above the limit; the listener has a limit of its own, and logs it
        "Http2QueueOperationsExceeded", // a client that sends requests and reads no answers
        "RequestBodyDrainBodyReaderInvalidState", // the rest of a body that is malformed
        "RequestBodyDrainTimedOut", // a client that does not send the rest of a body
        "RequestBodyNotEntirelyRead"); // a body without need, or with a wrong key

    /// <summary>Determines whether an entry is one of them.</summary>
    /// <param name="entry">The id of the entry.</param>
    /// <param name="state">The message of the entry.</param>
    public static bool Contains(EventId entry, object? state) =>
        entry.Name is { } name ? All.Contains(name) : entry.Id == 0 && state?.ToString() == EndedAbnormally;
}
