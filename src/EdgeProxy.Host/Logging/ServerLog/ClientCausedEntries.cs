using System.Collections.Frozen;

namespace EdgeProxy.Host.Logging.ServerLog;

/// <summary>
/// Log entries that any client can cause above debug level, as often as it likes: by the names that the server gives to
/// its entries, and one that has none. The rest of what the server says at such levels is about the program or the machine.
/// </summary>
internal static class ClientCausedEntries
{
    /// <summary>The category of the server's entries, and what those of its parts begin with.</summary>
    public const string Category = "Microsoft.AspNetCore.Server.Kestrel";

    // What the server itself did not foresee, such as a header of HTTP/2 with the index 0.
    private const string EndedAbnormally = "Connection processing ended abnormally.";

    private static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal,
        "ApplicationAbortedConnection", // the application breaks off what cannot be answered any more
        "ApplicationNeverCompleted", // a client that resets streams faster than their ends can be written
        "ConnectionRejected", // a connection too many; the listener has a limit of its own, and says so itself
        "Http2QueueOperationsExceeded", // a client that asks for answers and reads none
        "RequestBodyDrainBodyReaderInvalidState", // the rest of a body that is malformed
        "RequestBodyDrainTimedOut", // the rest of a body that does not come
        "RequestBodyNotEntirelyRead"); // a body where none is wanted, or with a wrong key

    /// <summary>Determines whether an entry is one of them.</summary>
    /// <param name="entry">The id of the entry.</param>
    /// <param name="state">The message of the entry.</param>
    public static bool Contains(EventId entry, object? state) =>
        entry.Name is { } name ? All.Contains(name) : entry.Id == 0 && state?.ToString() == EndedAbnormally;
}
