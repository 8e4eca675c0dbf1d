using EdgeProxy.Host.Logging.ServerLog;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Loads the code that reports failures in advance. If the cause of a failure is that no file can be opened, the libraries
/// that would report it cannot be loaded either, and logging itself throws.
/// </summary>
internal static class FailurePath
{
    /// <summary>Loads the code for formatting exceptions, and the filter of the server's log.</summary>
    public static void Load()
    {
        try
        {
            throw new IOException(nameof(FailurePath));
        }
        catch (IOException exception)
        {
            _ = exception.ToString();
        }

        _ = ClientCausedEntries.Contains(new EventId(1, nameof(FailurePath)), state: null);
    }
}
