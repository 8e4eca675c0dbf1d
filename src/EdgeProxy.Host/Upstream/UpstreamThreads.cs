using System.Runtime.CompilerServices;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// Runs everything that talks to the upstream on the thread pool. By default, continuations of socket operations run where the requests
/// are answered (inline socket completions), and pages of a large document would hold them up.
/// </summary>
internal static class UpstreamThreads
{
    /// <summary>
    /// To await something with that may fail, and go on where it was begun: this must be said, for saying anything at all
    /// leaves it out.
    /// </summary>
    public const ConfigureAwaitOptions ContinueSuppressingErrors = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    /// <summary>A context in which everything awaited continues on the thread pool.</summary>
    public static TaskScheduler Scheduler { get; } = new ConcurrentExclusiveSchedulerPair().ConcurrentScheduler;

    /// <summary>Runs something there, and all it waits for.</summary>
    public static Task RunAsync(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, Scheduler).Unwrap();

    /// <summary>Waits, and goes on where it was begun; being cancelled ends the wait and is no exception.</summary>
    /// <param name="time">The delay.</param>
    /// <param name="clock">By which clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static ConfiguredTaskAwaitable Pause(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Delay(time, clock, cancellationToken).ConfigureAwait(ContinueSuppressingErrors);
}
