namespace EdgeProxy.Host.Common;

/// <summary>
/// Reads files at the start, within a time limit: a pipe that no process writes to, or a mount that hangs, would otherwise
/// keep the process from starting without a message.
/// </summary>
internal static class BoundedRead
{
    /// <summary>The maximum time. Longer than a command takes that writes decrypted configuration to a pipe.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Reads something; an exception of <paramref name="read"/> is thrown as it is.</summary>
    /// <param name="read">Reads it, on a thread that is abandoned after the limit.</param>
    /// <exception cref="IOException">It took longer.</exception>
    public static T Run<T>(Func<T> read) => Run(read, Limit);

    /// <summary>The same with another limit.</summary>
    /// <param name="read">Reads it, on a thread that is abandoned after the limit.</param>
    /// <param name="limit">The maximum time.</param>
    /// <exception cref="IOException">It took longer.</exception>
    public static T Run<T>(Func<T> read, TimeSpan limit)
    {
        // A thread of its own, which does not keep the process alive: those of the pool are needed by others.
        var task = Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.WhenAny(task).Wait(limit)
            ? task.GetAwaiter().GetResult()
            : throw new IOException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"the file system did not answer within {limit.TotalSeconds:0.###} s; if it is a pipe, no process has written to it and closed it"));
    }
}
