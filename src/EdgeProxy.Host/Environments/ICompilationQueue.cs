namespace EdgeProxy.Host.Environments;

/// <summary>Runs compilations of documents.</summary>
internal interface ICompilationQueue
{
    /// <summary>Queues a compilation.</summary>
    /// <param name="compilation">The compilation to run. Its exceptions are the task's.</param>
    /// <param name="cancellationToken">Removes it from the queue; if it is running already, only the wait ends.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or the queue was disposed of first.</exception>
    Task<T> RunAsync<T>(Func<T> compilation, CancellationToken cancellationToken);
}
