using System.Runtime.CompilerServices;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// Runs everything that talks to the upstream on the thread pool. By default, continuations of socket operations run where the requests
/// are answered (inline socket completions), and pages of a large document would delay them.
/// </summary>
internal static class UpstreamThreads
{
    /// <summary>
    /// Awaits a task without throwing, and continues on the captured context: passing any option to ConfigureAwait
    /// otherwise disables that.
    /// </summary>
    public const ConfigureAwaitOptions ContinueSuppressingErrors = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    /// <summary>A context in which everything awaited continues on the thread pool.</summary>
    public static TaskScheduler Scheduler { get; } = new ConcurrentExclusiveSchedulerPair().ConcurrentScheduler;

    /// <summary>Runs a function on the thread pool, with all its continuations.</summary>
    public static Task RunAsync(Func<Task> work) => Mechanisms.UpstreamThreads
        ? Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, Scheduler).Unwrap()
        : work();

    /// <summary>Runs a function on the thread pool, with all its continuations, and returns its result.</summary>
    public static Task<T> RunAsync<T>(Func<Task<T>> work) => Mechanisms.UpstreamThreads
        ? Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, Scheduler).Unwrap()
        : work();

    /// <summary>Waits, and continues on the captured context; cancellation ends the wait without an exception.</summary>
    /// <param name="time">The delay.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static ConfiguredTaskAwaitable Pause(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Delay(time, clock, cancellationToken).ConfigureAwait(ContinueSuppressingErrors);
}
