using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Upstream;

/// <summary>Warns of a clock that differs from the upstream's: at once, and then once an hour while it does.</summary>
internal sealed partial class ClockWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly TimeProvider _time;
    private readonly ILogger<ClockWatch> _logger;
    private readonly LogThrottle _throttle;

    public ClockWatch(TimeProvider time, ILogger<ClockWatch> logger)
    {
        _time = time;
        _logger = logger;
        _throttle = new LogThrottle(time, Interval);
    }

    /// <summary>Compares the clocks.</summary>
    /// <param name="response">An answer of the upstream that has just come.</param>
    public void Note(HttpResponseMessage response)
    {
        if (ApiClock.SkewOf(response, _time.GetUtcNow()) is not { } skew)
        {
            return;
        }

        if (skew.Duration() <= ApiClock.MaxSkew)
        {
            _throttle.Reset();
        }
        else if (_throttle.ShouldLog())
        {
            try
            {
                Log.ClockDiffers(_logger, ApiClock.Describe(skew));
            }
            catch (AggregateException)
            {
                // The log cannot be written to: the answer must not be lost because of that.
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ClockDiffers, LogLevel.Warning, "The clock of this machine {Difference}. " + ApiClock.Advice + ". Logged at most once an hour")]
        public static partial void ClockDiffers(ILogger logger, string difference);
    }
}
