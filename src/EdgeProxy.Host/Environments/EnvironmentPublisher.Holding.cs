using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Environments;

/// <content>Versions that are held for an operator (docs/spec/changes.md 5).</content>
internal sealed partial class EnvironmentPublisher
{
    /// <summary>The smallest sample that can hold a version: with fewer identities one of them would decide.</summary>
    public const int MinIdentitiesToHold = 20;

    /// <summary>Indicates whether versions can be held.</summary>
    public bool HoldsVersions => _gate?.HoldAbovePercent is not null;

    /// <summary>Releases the held version of an environment: it is published as soon as it comes again.</summary>
    /// <returns>The version; null if none is held.</returns>
    public HeldVersion? Release(EnvironmentState environment)
    {
        var released = environment.Hold.Release();
        if (released is not null)
        {
            Log.Released(_logger, EnvironmentLabel.Of(environment), released.Position.Revision, "an operator released it");
        }

        return released;
    }

    /// <summary>Goes on holding a version that an earlier process held.</summary>
    public void RestoreHold(EnvironmentState environment, HeldVersion version)
    {
        if (HoldsVersions && environment.Current is { } current && current.Document.Digest?.Content != version.Content && environment.Hold.Current is null)
        {
            environment.Hold.Begin(version, TimerOf(environment, version));
            Log.HoldRestored(_logger, EnvironmentLabel.Of(environment), version.Position.Revision, version.Since, current.Document.Version);
        }
    }

    /// <summary>Records that the upstream has the version that is served.</summary>
    public void NoteUnchanged(EnvironmentState environment)
    {
        if (environment.Current is { } current)
        {
            EndHold(environment, current);
        }
    }

    private bool TryHold(EnvironmentState environment, PublishedEnvironment current, PublishedDocument document, AnswerImpact? impact)
    {
        if (document.Digest is not { Content: var content } || environment.Hold.IsReleased(content))
        {
            return false;
        }

        if (environment.Hold.Current is { } held && held.Content == content)
        {
            environment.Hold.Replace(held with { Position = document.Position, Document = document.Body.Plain });
            return true;
        }

        if (impact is not { Identities: >= MinIdentitiesToHold } || _gate?.HoldAbovePercent is not { } limit || !impact.IsAbove(limit))
        {
            return false;
        }

        var version = new HeldVersion(content, document.Position, _time.GetUtcNow(), impact, document.Body.Plain);
        environment.Metrics.Held();
        environment.Hold.Begin(version, TimerOf(environment, version));
        Log.Held(
            _logger, EnvironmentLabel.Of(environment), document.Version, impact, limit, current.Document.Version,
            _gate?.HoldTime is { } time ? $"Released by itself after {time.TotalSeconds:0.###} s, or by" : "Release it with");
        VersionHeld?.Invoke(this, new VersionHeldEventArgs(environment, current, version));
        return true;
    }

    /// <summary>The timer that releases a version; null if only an operator does.</summary>
    private ITimer? TimerOf(EnvironmentState environment, HeldVersion version)
    {
        if (_gate?.HoldTime is not { } time)
        {
            return null;
        }

        var remaining = time - (_time.GetUtcNow() - version.Since);
        return _time.CreateTimer(
            _ =>
            {
                if (environment.Hold.Release(version) is not null)
                {
                    Log.Released(_logger, EnvironmentLabel.Of(environment), version.Position.Revision, $"it was held for changes.hold_seconds ({time.TotalSeconds:0.###})");
                }
            },
            state: null,
            remaining > TimeSpan.Zero ? remaining < time ? remaining : time : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
    }

    private void EndHold(EnvironmentState environment, PublishedEnvironment served)
    {
        if (environment.Hold.Current is null || environment.Hold.End() is not { } held)
        {
            return;
        }

        var reason = served.Document.Digest?.Content == held.Content ? "it is served now" : "the version that is served is the latest one again, or another one replaced both";
        Log.HoldEnded(_logger, EnvironmentLabel.Of(environment), held.Position.Revision, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.VersionHeld, LogLevel.Warning,
            "Environment {Environment}: version {Revision} is held, because {Impact}, and changes.hold_above_percent is {Limit}; still serving {Served}. {How} POST /proxy/environments/<client-side key>/release; or undo the change in Flagsmith")]
        public static partial void Held(ILogger logger, EnvironmentLabel environment, string revision, AnswerImpact impact, int limit, string served, string how);

        [LoggerMessage(EventIds.VersionReleased, LogLevel.Information, "Environment {Environment}: version {Revision} is no longer held: {Reason}; it is served as soon as it is read again, which is requested")]
        public static partial void Released(ILogger logger, EnvironmentLabel environment, string revision, string reason);

        [LoggerMessage(EventIds.VersionHoldEnded, LogLevel.Information, "Environment {Environment}: the hold of version {Revision} ended: {Reason}")]
        public static partial void HoldEnded(ILogger logger, EnvironmentLabel environment, string revision, string reason);

        [LoggerMessage(EventIds.VersionHoldRestored, LogLevel.Warning,
            "Environment {Environment}: version {Revision}, held by an earlier process since {Since:u}, is still held; serving {Served}. Release it with POST /proxy/environments/<client-side key>/release")]
        public static partial void HoldRestored(ILogger logger, EnvironmentLabel environment, string revision, DateTimeOffset since, string served);
    }
}
