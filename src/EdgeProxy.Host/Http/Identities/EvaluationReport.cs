using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>Counts evaluations that exceed their budget, and logs the most expensive condition.</summary>
internal sealed partial class EvaluationReport
{
    private readonly LogThrottle _throttle;
    private readonly ILogger<EvaluationReport> _logger;

    public EvaluationReport(TimeProvider time, ILogger<EvaluationReport> logger)
    {
        _throttle = new LogThrottle(time);
        _logger = logger;
    }

    /// <summary>Records an evaluation if it exceeded its budget.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="frame">The evaluation.</param>
    public void Note(EnvironmentState environment, EvaluationFrame frame)
    {
        if (frame.AbortedConditions > 0)
        {
            Report(environment, frame);
        }
    }

    private void Report(EnvironmentState environment, EvaluationFrame frame)
    {
        environment.Metrics.EvaluationAborted();
        if (_throttle.ShouldLog())
        {
            Log.Aborted(
                _logger, EnvironmentLabel.Of(environment), Quantity.Of(frame.AbortedConditions, "expensive condition"),
                frame.CostliestCondition ?? "the variants of features for a very long identity key");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.EvaluationAborted, LogLevel.Warning,
            "Environment {Environment}: a request exceeded its evaluation budget; {Conditions} evaluated to false. The most expensive condition was {Condition}: simplify it. Logged at most once a minute; edgeproxy_aborted_evaluations_total counts them all")]
        public static partial void Aborted(ILogger logger, EnvironmentLabel environment, string conditions, string condition);
    }
}
