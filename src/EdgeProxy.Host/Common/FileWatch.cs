namespace EdgeProxy.Host.Common;

/// <summary>
/// Follows files by looking at them once a second; events of the file system miss network drives and mounted
/// configuration. Looking and reading happen on threads that nothing else depends on: a file that hangs, such as one on a
/// dead mount, delays neither other files nor the end of the process, and is looked at again.
/// </summary>
internal sealed class FileWatch
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The time after which a look that did not end is given up.</summary>
    public static readonly TimeSpan HungAfter = TimeSpan.FromSeconds(10);

    // Looks that were given up hold a thread until the file system answers: as many are enough to get past a file that
    // hangs alone, and few enough where all of them do.
    private const int MaxHung = 3;

    private static readonly BackgroundThreads Threads = new("File watch", most: 2, static () => { });

    private volatile IReadOnlyList<string> _paths;
    private readonly TimeProvider _time;
    private FileStamp[]? _seen;
    private int _hung;

    /// <param name="paths">The files.</param>
    /// <param name="time">The clock.</param>
    /// <param name="seen">The files as they were when they were last read; null to read them at the first look.</param>
    public FileWatch(IReadOnlyList<string> paths, TimeProvider time, IEnumerable<FileStamp>? seen = null)
    {
        _paths = paths;
        _time = time;
        _seen = seen is null ? null : [.. seen];
    }

    /// <summary>Called once an interval, whether anything changed or not.</summary>
    public Action? Tick { get; init; }

    /// <summary>Follows other files from the next look on; they are read once if they are not the same ones.</summary>
    public void Watch(IReadOnlyList<string> paths) => _paths = paths;

    /// <summary>Follows the files until it is cancelled.</summary>
    /// <param name="read">Reads the files; may take as long as the file system does.</param>
    /// <param name="apply">Takes a change. Returns whether that is done with; else it comes again at the next look.</param>
    /// <param name="cancellationToken">Ends it at once, whatever the files do.</param>
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
            var isFirst = GiveUp(task) == 1;
            return isFirst ? new FileLook<T>([], new FileChange<T>(null, $"the file system did not answer within {HungAfter.TotalSeconds} s")) : null;
        }
    }

    /// <summary>Leaves a look to itself; its thread is replaced until it ends.</summary>
    private int GiveUp(Task task)
    {
        var hung = Interlocked.Increment(ref _hung);
        Threads.SetExtra(+1);
        _ = task.ContinueWith(
            _ =>
            {
                Threads.SetExtra(-1);
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
        FileStamp[] stamps = [.. _paths.Select(FileStamp.Of)]; // before the content: a change in between is seen at the next look
        if (seen is not null && stamps.AsSpan().SequenceEqual(seen))
        {
            return new FileLook<T>(stamps, null);
        }

        try
        {
            // A pipe is not opened: that would wait until somebody writes to it.
            return stamps.Any(static stamp => stamp is { Exists: true, IsRegular: false })
                ? throw new IOException("it is not a regular file")
                : new FileLook<T>(stamps, new FileChange<T>(read(), null));
        }
        catch (Exception exception)
        {
            // Everything: it belongs to whoever follows, and the thread must live on.
            return new FileLook<T>(stamps, new FileChange<T>(null, FileErrors.Describe(_paths[0], exception)));
        }
    }
}
