using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Explanations;

/// <summary>
/// Runs explanations one by one on a low-priority thread, so that they take nothing from requests of SDKs; a few may wait.
/// </summary>
internal sealed class ExplanationQueue : IDisposable
{
    /// <summary>The maximum number of explanations that run or wait.</summary>
    public const int MaxAtOnce = 4;

    private readonly BackgroundThreads _thread = new("Explanations", 1, LowPriorityThread.Enter);

    // A thread inherits the priority of the one that starts it: a low-priority thread must not complete tasks.
    private readonly BackgroundThreads _results = new("Explanation results", 1, static () => { });
    private int _count;

    /// <summary>Reserves a place; false if all are taken. <see cref="Leave"/> gives it back.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= MaxAtOnce)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _count);

    /// <summary>Runs work on the thread.</summary>
    /// <param name="work">The work. Its exceptions are the task's.</param>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _results.Start();
        _thread.Add(() => _results.Add(Run(work, completion)));
        return completion.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _thread.Dispose();
        _results.Dispose();
    }

    private static Action Run<T>(Func<T> work, TaskCompletionSource<T> completion)
    {
        try
        {
            var result = work();
            return () => completion.SetResult(result);
        }
        catch (Exception exception)
        {
            // Catches everything: exceptions belong to the request, and the thread must survive.
            return () => completion.SetException(exception);
        }
    }
}
