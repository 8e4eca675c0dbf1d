using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// Where documents are compiled: few at a time, on threads of their own that step back for those that serve requests. On
/// the thread pool a large document would hold one of its threads, and on a machine with one core everything.
/// </summary>
internal sealed class CompilationQueue : IDisposable
{
    private readonly BackgroundThreads _compilations;

    // A thread takes after the one that starts it, and whoever completes a task may start threads of the pool. So what has
    // stepped back must not complete any, or requests would be served by threads that have stepped back, too.
    private readonly BackgroundThreads _results;
    private volatile bool _isDisposed;

    /// <param name="maxAtOnce">How many compilations there may be at a time.</param>
    public CompilationQueue(int maxAtOnce)
        : this(maxAtOnce, new BackgroundThreads("Compilation results", most: 1, static () => { }))
    {
    }

    /// <param name="maxAtOnce">How many compilations there may be at a time.</param>
    /// <param name="results">Hands results on; disposed of with the queue.</param>
    internal CompilationQueue(int maxAtOnce, BackgroundThreads results)
    {
        _results = results;
        _compilations = new BackgroundThreads("Compilation", maxAtOnce, LowPriorityThread.Enter);
    }

    /// <summary>Half of the cores, at least one: the other half only serves, even when all environments change at once.</summary>
    public static int DefaultMaxAtOnce => Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Runs a compilation when it is its turn.</summary>
    /// <param name="compilation">What to run. Its exceptions are the task's.</param>
    /// <param name="cancellationToken">Takes it out of the queue; where it runs already, it is only not waited for.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or the queue was disposed of first.</exception>
    public async Task<T> RunAsync<T>(Func<T> compilation, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _results.Start();
        _compilations.Add(() => _results.Add(Run(compilation, completion)));
        using (cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<T>)state!).TrySetCanceled(token), completion))
        {
            return await completion.Task;
        }
    }

    /// <summary>Cancels what waits. What runs is not waited for: nobody is left to take its result.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _compilations.Dispose();
        _results.Dispose();
    }

    /// <summary>Runs it, and gives back what is to be done with what came of it.</summary>
    private Action Run<T>(Func<T> compilation, TaskCompletionSource<T> completion)
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
            // Everything: it belongs to whoever waits, and the thread must live on.
            return () => completion.TrySetException(exception);
        }
    }
}
