namespace EdgeProxy.Host.Common;

/// <summary>
/// Watches files by polling once a second; file system events miss network drives and mounted configuration. Checking and
/// reading run on threads that nothing else depends on: a file that hangs, such as one on a dead mount, delays neither
/// other files nor the shutdown, and is checked again.
/// </summary>
internal sealed class FileWatch
{
    /// <summary>The time between two checks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The time after which an unfinished check is abandoned.</summary>
    public static readonly TimeSpan HungAfter = TimeSpan.FromSeconds(10);

    // An abandoned check holds a thread until the file system answers: enough threads to bypass a single file that hangs,
    // and few enough if all files hang.
    private const int MaxHung = 3;

    private static readonly BackgroundThreads Threads = new("File watch", maxThreads: 2, static () => { });

    private volatile IReadOnlyList<string> _paths;
    private readonly TimeProvider _time;
    private FileStamp[]? _seen;
    private int _hung;

    /// <param name="paths">The files.</param>
    /// <param name="time">The clock.</param>
    /// <param name="seen">The stamps of the files when they were last read; null to read them at the first check.</param>
    public FileWatch(IReadOnlyList<string> paths, TimeProvider time, IEnumerable<FileStamp>? seen = null)
    {
        _paths = paths;
        _time = time;
        _seen = seen is null ? null : [.. seen];
    }

    /// <summary>Called at each interval, even if nothing changed.</summary>
    public Action? Tick { get; init; }

    /// <summary>Watches other files from the next check on; they are read once if they differ.</summary>
    public void Watch(IReadOnlyList<string> paths) => _paths = paths;

    /// <summary>Watches the files until cancellation.</summary>
    /// <param name="read">Reads the files; may block as long as the file system does.</param>
    /// <param name="apply">Handles a change. Returns true if it is handled; otherwise it is passed again at the next check.</param>
    /// <param name="cancellationToken">Ends the watch immediately, even if a file hangs.</param>
    public async Task FollowAsync<T>(Func<T> read, Func<FileChange<T>, CancellationToken, Task<bool>> apply, CancellationToken cancellationToken)
        where T : class
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            Tick?.Invoke();
            if (Volatile.Read(ref _hung) < MaxHung && await LookAsync(read, cancellationToken) is { Change: { } change } look
                && await apply(change, cancellationToken) && look.Stamps.Length > 0)
            {
                _seen = look.Stamps;
            }
        }
    }

    private async Task<FileLook<T>?> LookAsync<T>(Func<T> read, CancellationToken cancellationToken)
        where T : class
    {
        var seen = _seen;
        var task = new Task<FileLook<T>>(() => Look(read, seen), TaskCreationOptions.RunContinuationsAsynchronously);
        Threads.Add(task.RunSynchronously);
        try
        {
            return await task.WaitAsync(HungAfter, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            var isFirst = Abandon(task) == 1;
            return isFirst ? new FileLook<T>([], new FileChange<T>(null, $"the file system did not answer within {HungAfter.TotalSeconds} s")) : null;
        }
    }

    /// <summary>Abandons a check; its thread is replaced until it ends.</summary>
    private int Abandon(Task task)
    {
        var hung = Interlocked.Increment(ref _hung);
        Threads.ChangeMaximum(+1);
        _ = task.ContinueWith(
            _ =>
            {
                Threads.ChangeMaximum(-1);
                Interlocked.Decrement(ref _hung);
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
        return hung;
    }

    private FileLook<T> Look<T>(Func<T> read, FileStamp[]? seen)
        where T : class
    {
        FileStamp[] stamps = [.. _paths.Select(FileStamp.Of)]; // before the content: a change in between is noticed at the next check
        if (seen is not null && stamps.AsSpan().SequenceEqual(seen))
        {
            return new FileLook<T>(stamps, null);
        }

        try
        {
            // A pipe is not opened: that would block until a process writes to it.
            return stamps.Any(static stamp => stamp is { Exists: true, IsRegular: false })
                ? throw new IOException("it is not a regular file")
                : new FileLook<T>(stamps, new FileChange<T>(read(), null));
        }
        catch (Exception exception)
        {
            // Catches everything: exceptions belong to the caller, and the thread must survive.
            return new FileLook<T>(stamps, new FileChange<T>(null, FileErrors.Describe(_paths[0], exception)));
        }
    }
}
