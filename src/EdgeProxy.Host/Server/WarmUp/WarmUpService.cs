using System.Runtime.CompilerServices;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Server.WarmUp;

/// <summary>
/// Has the code that answers requests compiled before readiness: when the documents of the start are loaded, it sends
/// requests for them to a server of its own (<see cref="IWarmUpServer"/>). Once: a document that comes later needs no other code.
/// </summary>
internal sealed partial class WarmUpService : BackgroundService
{
    /// <summary>The maximum number of loaded environments that it asks for.</summary>
    public const int MaxEnvironments = 3;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LookAgainLater = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan UsualStart = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _budget;
    private readonly HealthMonitor _health;
    private readonly EnvironmentRegistry _registry;
    private readonly WarmUpPhase _phase;
    private readonly ShutdownPhase _shutdown;
    private readonly Func<IReadOnlyList<PublishedEnvironment>, Task<IWarmUpServer>> _startServer;
    private readonly TimeProvider _time;
    private readonly ILogger<WarmUpService> _logger;

    /// <param name="budget">The processor time that it may use.</param>
    /// <param name="health">Knows when all that readiness requires is loaded.</param>
    /// <param name="registry">The environments.</param>
    /// <param name="phase">Ended with the warm-up.</param>
    /// <param name="shutdown">Ends the warm-up.</param>
    /// <param name="startServer">Starts a server for some environments.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public WarmUpService(
        TimeSpan budget,
        HealthMonitor health,
        EnvironmentRegistry registry,
        WarmUpPhase phase,
        ShutdownPhase shutdown,
        Func<IReadOnlyList<PublishedEnvironment>, Task<IWarmUpServer>> startServer,
        TimeProvider time,
        ILogger<WarmUpService> logger)
    {
        _budget = budget;
        _health = health;
        _registry = registry;
        _phase = phase;
        _shutdown = shutdown;
        _startServer = startServer;
        _time = time;
        _logger = logger;
    }

    /// <summary>Determines whether there is anything to warm up: a program that was compiled ahead of time has all its code.</summary>
    public static bool IsUseful(TimeSpan budget) => budget > TimeSpan.Zero && RuntimeFeature.IsDynamicCodeCompiled;

    /// <summary>Selects environments of different size: the smallest, the largest, and one in between.</summary>
    internal static IReadOnlyList<PublishedEnvironment> Select(IEnumerable<EnvironmentState> environments)
    {
        PublishedEnvironment[] loaded =
        [
            .. environments.Select(static environment => environment.Current).OfType<PublishedEnvironment>()
                .OrderBy(static environment => environment.Document.Body.Plain.Length),
        ];
        return loaded.Length <= MaxEnvironments ? loaded : [loaded[0], loaded[loaded.Length / 2], loaded[^1]];
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var started = _time.GetTimestamp();
            while (!_health.AreEnvironmentsReady)
            {
                await Task.Delay(_time.GetElapsedTime(started) < UsualStart ? LookAgain : LookAgainLater, _time, stoppingToken);
            }

            await WarmUpAsync(new WarmUpLimit(_budget, _time, _shutdown, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The proxy stops before its documents are loaded.
        }
        catch (Exception exception)
        {
            // Catches everything: the proxy works without a warm-up.
            Log.Failed(_logger, exception);
        }
        finally
        {
            _phase.End();
        }
    }

    private async Task WarmUpAsync(WarmUpLimit limit)
    {
        var server = await _startServer(Select(_registry.Environments));
        await using (server)
        {
            // On a thread of its own: it blocks.
            var result = await Task.Factory.StartNew(() => Run(server, limit), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (!limit.IsStopping)
            {
                Log.WarmedUp(
                    _logger, new LogDuration(limit.Elapsed), Math.Round(limit.Used.TotalSeconds, 2), Quantity.Of(result.Requests, "request"), Quantity.Of(result.Compiled, "compilation"),
                    result.IsComplete ? "little was left to compile" : "a limit was reached");
            }
        }
    }

    private static WarmUpResult Run(IWarmUpServer server, WarmUpLimit limit)
    {
        using var connection = new WarmUpConnection(server.Connect());
        return new WarmUpRun(connection, limit).Run(WarmUpRequests.Make(server.Environments));
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.WarmedUp, LogLevel.Information,
            "Warmed up in {Elapsed}, with {ProcessorSeconds} s of processor time: {Requests}, {Compilations}; {Reason}")]
        public static partial void WarmedUp(ILogger logger, LogDuration elapsed, double processorSeconds, string requests, string compilations, string reason);

        [LoggerMessage(EventIds.WarmUpFailed, LogLevel.Warning,
            "The warm-up ended early because of an unexpected error; the proxy serves all the same, and its first requests take longer")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
