using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Sampling;

/// <summary>
/// Measures what a new version changes for the identities that asked lately (docs/spec/changes.md 4.2): each is evaluated with
/// both versions.
/// </summary>
internal sealed partial class VersionGate : IVersionGate
{
    // A change must not come much later because somebody measures it; the order of the sample is random, so a part of it will do.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    private readonly ChangeOptions _options;
    private readonly int _maxTraits;
    private readonly TimeProvider _time;
    private readonly ILogger<VersionGate> _logger;

    public VersionGate(ChangeOptions options, IdentityOptions limits, TimeProvider time, ILogger<VersionGate> logger)
    {
        _options = options;
        _maxTraits = limits.MaxTraits;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    public int? HoldAbovePercent => _options.SampleIdentities > 0 ? _options.HoldAbovePercent : null;

    /// <inheritdoc/>
    public TimeSpan? HoldTime => _options.HoldTime;

    /// <inheritdoc/>
    public IdentitySample? CreateSample() => _options.SampleIdentities > 0 ? new IdentitySample(_options.SampleIdentities, _time) : null;

    /// <inheritdoc/>
    public AnswerImpact? Measure(EnvironmentState environment, PublishedEnvironment current, PublishedEnvironment next)
    {
        if (environment.Sample is not { } sample)
        {
            return null;
        }

        try
        {
            return Measure(sample, current, next);
        }
        catch (Exception exception)
        {
            // Catches everything: a version must not be lost because its effect cannot be measured.
            Log.NotMeasured(_logger, exception, EnvironmentLabel.Of(environment));
            return null;
        }
    }

    private AnswerImpact Measure(IdentitySample sample, PublishedEnvironment current, PublishedEnvironment next)
    {
        var before = new SampledAnswers(current.Snapshot, _maxTraits);
        var after = new SampledAnswers(next.Snapshot, _maxTraits);
        var places = before.PlacesIn(after);
        var changes = new int[places.Length];
        var (count, changed) = (0, 0);
        var started = _time.GetTimestamp();
        foreach (var request in sample.Read())
        {
            if (!before.TryEvaluate(in request) || !after.TryEvaluate(in request))
            {
                continue;
            }

            count++;
            changed += Compare(before, after, places, request.Audience, changes) ? 1 : 0;
            if (_time.GetElapsedTime(started) > MaxTime)
            {
                break;
            }
        }

        var features = Enumerable.Range(0, changes.Length)
            .Where(place => changes[place] > 0)
            .OrderByDescending(place => changes[place])
            .Take(AnswerImpact.MaxFeatures)
            .Select(place => new FeatureImpact(before.NameOf(place), changes[place]));
        return new AnswerImpact(count, changed, [.. features]);
    }

    private static bool Compare(SampledAnswers before, SampledAnswers after, int[] places, FlagAudience audience, int[] changes)
    {
        var differs = false;
        for (var place = 0; place < places.Length; place++)
        {
            if (before.AnswerOf(place, audience) != after.AnswerOf(places[place], audience))
            {
                changes[place]++;
                differs = true;
            }
        }

        return differs;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.VersionNotMeasured, LogLevel.Error,
            "Environment {Environment}: the effect of a new version could not be measured because of a defect in the proxy; the version is served. Please report this with the exception")]
        public static partial void NotMeasured(ILogger logger, Exception exception, EnvironmentLabel environment);
    }
}
