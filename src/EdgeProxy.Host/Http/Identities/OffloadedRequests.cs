using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>
/// Requests that take too long for the threads that serve connections: large bodies, and evaluations that need many steps.
/// They are answered on a few other threads, environments in turns (<see cref="FairThreads"/>).
/// </summary>
internal sealed class OffloadedRequests : IDisposable
{
    /// <summary>Bodies longer than this, in bytes, are read and evaluated here.</summary>
    public const int BodyInlineUpTo = 16 * 1024;

    /// <summary>Evaluations that need more steps than this are done here; some 0.2 ms.</summary>
    public const int StepsInline = 40_000;

    /// <summary>Answers longer than this, in bytes, are compressed with brotli here; less takes some 0.1 ms.</summary>
    public const int BrotliInlineUpTo = 64 * 1024;

    // Long before clients give up: who would wait longer is refused, and can ask another replica.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly FairThreads _threads;
    private readonly LoadShedder _shedder;
    private readonly TimeProvider _time;

    public OffloadedRequests(LoadShedder shedder, TimeProvider time)
    {
        // Half of the cores: the other half only serves what is cheap, whatever comes.
        _threads = new FairThreads("Expensive requests", Math.Max(1, Environment.ProcessorCount / 2), MaxWait, time);
        _shedder = shedder;
        _time = time;
    }

    /// <summary>Queues a request; refuses it if its environment has too many.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="environment">Whom it is charged to.</param>
    /// <param name="answer">Answers it.</param>
    public Task Run(Exchange exchange, EnvironmentState environment, Func<Task> answer)
    {
        // What the server does next, such as reading the next request, is not for these threads.
        var completion = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _threads.TryAdd(environment, () => Charge(environment, answer, completion)) ? completion.Task.Unwrap() : _shedder.Refuse(exchange);
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
            // Everything: it belongs to the request, and the thread must live on.
            completion.SetException(exception);
        }
    }
}
