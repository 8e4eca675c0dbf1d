using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// Compiles documents: few at a time, on threads of their own that run at lower priority than those that serve requests. On
/// the thread pool a large document would hold one of its threads, and on a machine with one core everything. A compilation
/// that takes longer than a turn does not delay other environments: one more thread is started, and the threads share the cores.
/// A short one that somebody waits for runs at usual priority, one at a time.
/// </summary>
internal sealed class CompilationQueue : ICompilationQueue, IDisposable
{
    /// <summary>The time after which another compilation may run beside this one.</summary>
    internal static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    // Each needs memory for its document.
    private const int MaxLongCompilations = 8;

    private readonly TimeProvider _time;
    private readonly BackgroundThreads _compilations;

    // A thread inherits the priority of the one that starts it, and completing a task may start threads of the pool. So a
    // low-priority thread must not complete tasks, or requests would be served at low priority, too.
    private readonly BackgroundThreads _results;
    private readonly BackgroundThreads _urgent = new("Urgent compilation", maxThreads: 1, static () => { });
    private volatile bool _isDisposed;
    private int _longCompilations;
    private int _urgentCompilations;

    /// <param name="maxAtOnce">The maximum number of concurrent compilations, apart from long ones.</param>
    /// <param name="time">The clock of turns.</param>
    public CompilationQueue(int maxAtOnce, TimeProvider time)
        : this(maxAtOnce, time, new BackgroundThreads("Compilation results", maxThreads: 1, static () => { }))
    {
    }

    /// <param name="maxAtOnce">The maximum number of concurrent compilations, apart from long ones.</param>
    /// <param name="time">The clock of turns.</param>
    /// <param name="results">Passes results on; disposed of with the queue.</param>
    internal CompilationQueue(int maxAtOnce, TimeProvider time, BackgroundThreads results)
    {
        _time = time;
        _results = results;
        _compilations = new BackgroundThreads("Compilation", maxAtOnce, LowPriorityThread.Enter);
    }

    /// <summary>
    /// The default: half of the cores, at least one; the other half only serves, even when all environments change at once.
    /// </summary>
    public static int DefaultMaxAtOnce => Math.Max(1, Environment.ProcessorCount / 2);

    /// <inheritdoc/>
    public async Task<T> RunAsync<T>(Func<T> compilation, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _results.Start();
        _compilations.Add(() => _results.Add(Run(compilation, completion)));
        return await WaitAsync(completion, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<T> RunUrgentlyAsync<T>(Func<T> compilation, CancellationToken cancellationToken)
    {
        // One at a time: of many that are announced together, the others leave the cores to requests.
        if (Interlocked.CompareExchange(ref _urgentCompilations, 1, 0) != 0)
        {
            return await RunAsync(compilation, cancellationToken);
        }

        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _urgent.Add(() =>
        {
            var complete = Compile(compilation, completion);
            Volatile.Write(ref _urgentCompilations, 0);
            complete();
        });
        return await WaitAsync(completion, cancellationToken);
    }

    /// <summary>Cancels queued compilations. Does not wait for the running ones: nothing would use their results.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _compilations.Dispose();
        _urgent.Dispose();
        _results.Dispose();
    }

    private static async Task<T> WaitAsync<T>(TaskCompletionSource<T> completion, CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<T>)state!).TrySetCanceled(token), completion))
        {
            return await completion.Task;
        }
    }

    /// <summary>Runs a compilation for a turn or longer, and returns the action that completes its task.</summary>
    private Action Run<T>(Func<T> compilation, TaskCompletionSource<T> completion)
    {
        using var turn = _isDisposed ? null : new CompilationTurn(_time, Turn, TryAddThread, RemoveThread);
        return Compile(compilation, completion);
    }

    /// <summary>Runs a compilation unless nobody waits for it, and returns the action that completes its task.</summary>
    private Action Compile<T>(Func<T> compilation, TaskCompletionSource<T> completion)
    {
        if (_isDisposed || completion.Task.IsCompleted)
        {
            return () => completion.TrySetCanceled();
        }

        try
        {
            var result = compilation();
            return () => completion.TrySetResult(result);
        }
        catch (Exception exception)
        {
            // Catches everything: exceptions belong to the caller, and the thread must survive.
            return () => completion.TrySetException(exception);
        }
    }

    private bool TryAddThread()
    {
        if (Interlocked.Increment(ref _longCompilations) > MaxLongCompilations)
        {
            Interlocked.Decrement(ref _longCompilations);
            return false;
        }

        _compilations.ChangeMaximum(+1);
        return true;
    }

    private void RemoveThread()
    {
        _compilations.ChangeMaximum(-1);
        Interlocked.Decrement(ref _longCompilations);
    }
}
