using System.Runtime;

namespace EdgeProxy.Host.Server.WarmUp;

/// <summary>
/// Sends requests in batches until the compiler has nothing left to compile. The runtime counts calls of a method once nothing
/// new was called for some time (<c>CallCountingDelayMs</c>), compiles it again after 30 of them, to observe it, and for
/// good after 30 more. So after each batch the run waits for the compiler: more requests would only take its time.
/// </summary>
internal sealed class WarmUpRun
{
    // Methods that all requests have in common get their 30 calls from one batch, others from some.
    private const int RepeatsPerBatch = 8;

    // The compiler is done, or has yet to start: the delay of the runtime is 1 ms, and 10 with one core (EdgeProxy.Host.csproj).
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(250);

    // Enough batches for the 30 calls of a method that only one request uses.
    private const int QuietBatches = 4;

    // What is called now and then is compiled long after all else, and costs as much; and so is the rest of the process.
    private const int MaxCompiledWhileQuiet = 16;

    private readonly WarmUpConnection _connection;
    private readonly WarmUpLimit _limit;
    private readonly long _compiledBefore = JitInfo.GetCompiledMethodCount();
    private int _sent;

    /// <param name="connection">The connection to the server.</param>
    /// <param name="limit">Ends the run.</param>
    public WarmUpRun(WarmUpConnection connection, WarmUpLimit limit)
    {
        _connection = connection;
        _limit = limit;
    }

    /// <summary>Runs to the end.</summary>
    /// <param name="groups">
    /// The requests in groups, the most important ones first. One that could not be finished is not begun: what it leaves to
    /// compile would be compiled while the first clients wait.
    /// </param>
    /// <exception cref="InvalidOperationException">A request failed.</exception>
    public WarmUpResult Run(IEnumerable<IReadOnlyList<byte[]>> groups)
    {
        var isComplete = groups.All(requests => !_limit.IsNear && TryRun(requests));
        return new WarmUpResult(_sent, JitInfo.GetCompiledMethodCount() - _compiledBefore, isComplete);
    }

    /// <summary>Runs until these requests have nothing left to compile; returns false if a limit was reached before.</summary>
    private bool TryRun(IReadOnlyList<byte[]> requests)
    {
        for (var quiet = 0; quiet < QuietBatches;)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            if (!TrySendBatch(requests))
            {
                return false;
            }

            WaitForCompiler();
            quiet = JitInfo.GetCompiledMethodCount() - compiled <= MaxCompiledWhileQuiet ? quiet + 1 : 0;
        }

        return true;
    }

    private bool TrySendBatch(IReadOnlyList<byte[]> requests)
    {
        for (var repeat = 0; repeat < RepeatsPerBatch; repeat++)
        {
            foreach (var request in requests)
            {
                if (_limit.IsReached(_sent))
                {
                    return false;
                }

                var status = _connection.Send(request);
                if (status is not (StatusCodes.Status200OK or StatusCodes.Status304NotModified))
                {
                    throw new InvalidOperationException($"A request of the warm-up was answered with {status}.");
                }

                _sent++;
            }
        }

        return true;
    }

    /// <summary>Waits until nothing was compiled for a moment.</summary>
    private void WaitForCompiler()
    {
        var started = _limit.Elapsed;
        long compiled;
        do
        {
            compiled = JitInfo.GetCompiledMethodCount();
            _limit.Wait(Pause);
        }
        while (JitInfo.GetCompiledMethodCount() != compiled && _limit.Elapsed - started < MaxPause && !_limit.IsReached(_sent));
    }
}
