namespace EdgeProxy.Host.Environments;

/// <summary>Runs compilations of documents.</summary>
internal interface ICompilationQueue
{
    /// <summary>Queues a compilation.</summary>
    /// <param name="compilation">The compilation to run. Its exceptions are the task's.</param>
    /// <param name="cancellationToken">Removes it from the queue; if it is running already, only the wait ends.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or the queue was disposed of first.</exception>
    Task<T> RunAsync<T>(Func<T> compilation, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a short compilation that somebody waits for, ahead of the queue and at the priority of requests; queues it if
    /// another one is running so.
    /// </summary>
    /// <param name="compilation">The compilation to run. Its exceptions are the task's.</param>
    /// <param name="cancellationToken">Prevents its start; if it is running already, only the wait ends.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or the queue was disposed of first.</exception>
    Task<T> RunUrgentlyAsync<T>(Func<T> compilation, CancellationToken cancellationToken);
}
