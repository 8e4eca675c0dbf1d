using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>
/// Runs requests that take too long for the threads that serve connections: large bodies, and evaluations that need many
/// steps. A few other threads answer them, with fair turns for each environment (<see cref="FairThreads"/>).
/// </summary>
internal sealed class OffloadedRequests : IDisposable
{
    /// <summary>The length of a body, in bytes, above which it is read and evaluated here.</summary>
    public const int BodyInlineUpTo = 16 * 1024;

    /// <summary>The number of steps above which an evaluation runs here; some 0.2 ms.</summary>
    public const int StepsInline = 40_000;

    /// <summary>
    /// The length of an answer, in bytes, above which it is compressed with Brotli here; shorter ones take some 0.1 ms.
    /// </summary>
    public const int BrotliInlineUpTo = 64 * 1024;

    // Long before clients time out: a request that would wait longer is rejected, and can be retried at another replica.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly FairThreads _threads;
    private readonly LoadShedder _shedder;
    private readonly TimeProvider _time;

    public OffloadedRequests(LoadShedder shedder, TimeProvider time)
    {
        // Half of the cores: the other half only serves cheap requests, whatever the load.
        _threads = new FairThreads("Expensive requests", Math.Max(1, Environment.ProcessorCount / 2), MaxWait, time);
        _shedder = shedder;
        _time = time;
    }

    /// <summary>Queues a request; rejects it if its environment has too many.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="environment">The environment that the time is charged to.</param>
    /// <param name="answer">Answers it.</param>
    public Task Run(Exchange exchange, EnvironmentState environment, Func<Task> answer)
    {
        if (!Mechanisms.OffloadedRequests)
        {
            return answer();
        }

        // The server's next work, such as reading the next request, must not run on these threads.
        var completion = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        object tenant = Mechanisms.FairTurns ? environment : this;
        return _threads.TryAdd(tenant, () => Charge(environment, answer, completion)) ? completion.Task.Unwrap() : _shedder.Refuse(exchange);
    }

    /// <inheritdoc/>
    public void Dispose() => _threads.Dispose();

    private void Charge(EnvironmentState environment, Func<Task> answer, TaskCompletionSource<Task> completion)
    {
        var started = _time.GetTimestamp();
        Complete(answer, completion);
        if (_shedder.IsShedding)
        {
            environment.Load.Add(_time.GetTimestamp() - started);
        }
    }

    private static void Complete(Func<Task> answer, TaskCompletionSource<Task> completion)
    {
        try
        {
            completion.SetResult(answer());
        }
        catch (Exception exception)
        {
            // Catches everything: exceptions belong to the request, and the thread must survive.
            completion.SetException(exception);
        }
    }
}
