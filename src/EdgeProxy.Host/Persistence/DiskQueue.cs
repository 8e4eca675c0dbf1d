using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// Runs disk operations on a few threads of its own, so that a disk that hangs holds these and nothing else.
/// </summary>
internal sealed class DiskQueue : IDisposable
{
    private const int MaxAtOnce = 4;

    private readonly BackgroundThreads _threads = new("Snapshots", MaxAtOnce, static () => { });

    // The next operation for each name; null while the last one runs.
    private readonly Dictionary<string, Action?> _latest = new(StringComparer.Ordinal);
    private TaskCompletionSource? _idle;

    /// <summary>The number of names with pending operations.</summary>
    public int Unfinished
    {
        get
        {
            lock (_latest)
            {
                return _latest.Count;
            }
        }
    }

    /// <summary>Runs an operation, which must not throw, and returns its result.</summary>
    public Task<T> RunAsync<T>(Func<T> job)
    {
        var task = new Task<T>(job, TaskCreationOptions.RunContinuationsAsynchronously);
        _threads.Add(task.RunSynchronously);
        return task;
    }

    /// <summary>
    /// Queues an operation, which must not throw; one at a time for each name. One that is still queued for the name is
    /// dropped: only the latest counts.
    /// </summary>
    public void Set(string name, Action job)
    {
        lock (_latest)
        {
            var isQueued = _latest.ContainsKey(name);
            _latest[name] = job;
            if (!isQueued)
            {
                _threads.Add(() => Run(name));
            }
        }
    }

    /// <summary>Waits until no operation is pending.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        Task idle;
        lock (_latest)
        {
            if (_latest.Count == 0)
            {
                return;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            idle = _idle.Task;
        }

        await idle.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _threads.Dispose();

    private void Run(string name)
    {
        Action job;
        lock (_latest)
        {
            job = _latest[name]!;
            _latest[name] = null;
        }

        job();
        lock (_latest)
        {
            if (_latest[name] is not null)
            {
                _threads.Add(() => Run(name)); // behind the others
                return;
            }

            _latest.Remove(name);
            if (_latest.Count == 0)
            {
                _idle?.SetResult();
                _idle = null;
            }
        }
    }
}
