using EdgeProxy.Host.Logging.ServerLog;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Loads the code that reports failures before there are any. When the cause of a failure is that no file can be opened,
/// the libraries that would say so cannot be loaded either, and what throws then is the log.
/// </summary>
internal static class FailurePath
{
    /// <summary>Loads it: the trace of an exception as text, and the check of what the server logs.</summary>
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
