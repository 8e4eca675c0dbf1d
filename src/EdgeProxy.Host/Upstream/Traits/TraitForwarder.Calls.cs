using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Traits;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Traits;

/// <content>Calls and their outcomes.</content>
internal sealed partial class TraitForwarder
{
    private const double Jitter = 0.1;
    private const int MaxDoublings = 6;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxAskedFor = TimeSpan.FromMinutes(10);

    /// <summary>Makes a call. It never throws; how it ended is handed to the loop.</summary>
    private async Task SendAsync(PendingCall call)
    {
        TraitAnswer? answer = null;
        var failure = "";
        try
        {
            answer = await _sender.SendAsync(call, GivenUp);
        }
        catch (UpstreamException exception)
        {
            failure = exception.Message;
        }
        catch (OperationCanceledException) when (GivenUp.IsCancellationRequested)
        {
            failure = "given up";
        }
        catch (Exception exception)
        {
            failure = "unexpected error";
            Log.Unexpected(_logger, exception);
        }

        _ended.Enqueue((call, answer, failure));
        _callEnded.Request();
    }

    private void EndCalls(bool isLast)
    {
        _callEnded.Rearm();
        while (_ended.TryDequeue(out var ended))
        {
            _inFlight--;
            var outcome = ended.Answer?.Outcome ?? TraitCallOutcome.NoAnswer;
            _metrics.CountCall(outcome);
            switch (outcome)
            {
                case TraitCallOutcome.Confirmed:
                    NoteSuccess();
                    _memory.Confirmed(ended.Call);
                    _queue.Confirm(ended.Call);
                    break;
                case TraitCallOutcome.Rejected:
                    Reject(ended.Call, ended.Answer!.Value.Status);
                    break;
                default:
                    Delay(ended.Call, outcome, ended.Answer, ended.Failure, isLast);
                    break;
            }
        }
    }

    private void NoteSuccess()
    {
        if (_failures > 0)
        {
            _failures = 0;
            _delays.Reset();
            Log.Recovered(_logger, _queue.Count);
        }
    }

    private void Reject(PendingCall call, int status)
    {
        _queue.Drop(call, TraitLoss.Rejected);
        if (_rejections.ShouldLog())
        {
            Log.Rejected(_logger, _sender.ShownUrl, LabelOf(call.Source.Environment), status, _metrics.Lost(TraitLoss.Rejected));
        }
    }

    private void Delay(PendingCall call, TraitCallOutcome outcome, TraitAnswer? answer, string failure, bool isLast)
    {
        var environment = call.Source.Environment;
        TimeSpan wait;
        if (outcome == TraitCallOutcome.Refused)
        {
            wait = RefusedPause;
            if (!environment.IsRefused)
            {
                Log.Refused(_logger, _sender.ShownUrl, answer!.Value.Status, LabelOf(environment), wait.TotalMinutes);
            }

            _queue.Pause(environment, wait, isRefused: true);
        }
        else
        {
            _failures++;
            LogDelay(environment, answer is { } given ? $"returned HTTP {given.Status}" : failure);
            wait = Backoff(call.Failures);
            if (answer?.RetryAfter is { } askedFor)
            {
                wait = Min(askedFor, MaxAskedFor) * (1 + (Jitter * Random.Shared.NextDouble()));
                _queue.Pause(environment, wait, isRefused: false);
            }
        }

        // There is no later attempt at the end: the call stays among those that are lost.
        if (!isLast)
        {
            _queue.Retry(call, wait);
        }
    }

    private void LogDelay(TraitEnvironment environment, string reason)
    {
        var level = _delays.ShouldLog() ? LogLevel.Warning : LogLevel.Debug;
        if (_logger.IsEnabled(level))
        {
            var label = LabelOf(environment);
            Log.Delayed(_logger, level, _sender.ShownUrl, label, reason, _queue.Count);
        }
    }

    private EnvironmentLabel LabelOf(TraitEnvironment environment) => EnvironmentLabel.Of(_registry, environment.ClientSideKey);

    /// <summary>The wait after a number of failures: 1 s, twice as long each time, up to a minute; give or take a quarter.</summary>
    private static TimeSpan Backoff(int failures) =>
        Min(FirstWait * Math.Pow(2, Math.Min(failures, MaxDoublings)), MaxWait) * (0.75 + (0.5 * Random.Shared.NextDouble()));

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
