using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Persistence;

/// <summary>
/// Runs disk operations on a few threads of its own, so that a disk that hangs holds these and nothing else.
/// </summary>
internal sealed class DiskQueue : IDisposable
{
    private const int MaxAtOnce = 4;

    private readonly BackgroundThreads _threads = new("Snapshots", MaxAtOnce, static () => { });

    // What is to be done next under each name; null while the last of it runs.
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

    /// <summary>Does something that must not throw, and gives back what comes of it.</summary>
    public Task<T> RunAsync<T>(Func<T> job)
    {
        var task = new Task<T>(job, TaskCreationOptions.RunContinuationsAsynchronously);
        _threads.Add(task.RunSynchronously);
        return task;
    }

    /// <summary>
    /// Does something that must not throw, one at a time under each name. What still waits under the name is dropped: only
    /// the latest counts.
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

    /// <summary>Waits until there is nothing to be done under any name.</summary>
    /// <exception cref="OperationCanceledException">It was given up first.</exception>
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
