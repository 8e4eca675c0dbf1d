using System.Globalization;
using System.Threading.Channels;
using EdgeProxy.Engine.Differences;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Changes;

/// <summary>
/// Compares each new version of an environment with the one before, logs what changed, and keeps it for operators
/// (docs/spec/changes.md 2). After publication, one version at a time and at low priority: nothing waits for it.
/// </summary>
internal sealed partial class ChangeRecorder : BackgroundService
{
    // Each holds a document that is no longer served. Comparing takes less time than compiling, so few wait.
    private const int MaxWaiting = 100;

    // Both documents are read at the same time: texts take twice their length, and the parser reserves up to twice as much.
    private const int BytesPerByte = 6;
    private const double BytesPerMegabyte = 1_000_000;

    private readonly EnvironmentPublisher _publisher;
    private readonly CompilationQueue _compilations;
    private readonly ChangeHistory _history;
    private readonly MemoryLimit _memory;
    private readonly ILogger<ChangeRecorder> _logger;
    private readonly Channel<ComparedVersions> _waiting;

    public ChangeRecorder(EnvironmentPublisher publisher, CompilationQueue compilations, ChangeHistory history, MemoryLimit memory, ILogger<ChangeRecorder> logger)
    {
        _publisher = publisher;
        _compilations = compilations;
        _history = history;
        _memory = memory;
        _logger = logger;
        _waiting = Channel.CreateBounded<ComparedVersions>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
        _publisher.ContentPublished += Published;
        _publisher.VersionHeld += Held;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var versions in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            var label = EnvironmentLabel.Of(versions.Environment);
            if (FindObstacle(versions) is { } obstacle)
            {
                Log.NotCompared(_logger, null, label, obstacle);
                continue;
            }

            try
            {
                versions.Record(await CompareAsync(versions, stoppingToken));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotCompared(_logger, exception, label, "comparing it failed");
            }
        }
    }

    private void Published(object? sender, ContentPublishedEventArgs published)
    {
        if (published.Before is not { Document: var before })
        {
            return;
        }

        // The documents only: a version that is no longer served has a snapshot, which would take several times as much.
        var (environment, after, origin, elapsed, impact) = (published.Environment, published.After.Document, published.Origin, published.Elapsed, published.Impact);
        var earlier = before.Version;
        Add(new ComparedVersions(environment, before.Body.Plain, after.Body.Plain, changes => Record(
            environment,
            new RecordedChange(
                after.ServedSince, earlier, after.Version, after.UpdatedAt, origin, elapsed, impact, ChangeSummary.Of(changes), Kept(changes), changes.Count),
            changes)));
    }

    private void Held(object? sender, VersionHeldEventArgs held)
    {
        if (held.Version.Document is { } document)
        {
            Add(new ComparedVersions(
                held.Environment, held.Current.Document.Body.Plain, document,
                changes => _history.SetHeld(held.Environment, new HeldChange(held.Version.Content, ChangeSummary.Of(changes), Kept(changes), changes.Count))));
        }
    }

    private void Add(ComparedVersions versions)
    {
        if (!_waiting.Writer.TryWrite(versions))
        {
            Log.NotCompared(_logger, null, EnvironmentLabel.Of(versions.Environment), "too many others wait for that");
        }
    }

    /// <summary>Returns why two documents cannot be compared without taking the memory that others need; null if they can.</summary>
    private string? FindObstacle(ComparedVersions versions)
    {
        var needed = ((long)versions.Before.Length + versions.After.Length) * BytesPerByte;
        var available = _memory.Available();
        return needed <= available ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"comparing the two documents may need {needed / BytesPerMegabyte:0} MB, but only {Math.Max(0, available) / BytesPerMegabyte:0} MB are left of the {_memory.Bytes / BytesPerMegabyte:0} MB that the process may use ({_memory.Name}); raise that limit to have changes listed");
    }

    private Task<IReadOnlyList<EnvironmentChange>> CompareAsync(ComparedVersions versions, CancellationToken cancellationToken) =>
        _compilations.RunAsync(() => EnvironmentDiff.Between(versions.Before, versions.After), cancellationToken);

    private void Record(EnvironmentState environment, RecordedChange recorded, IReadOnlyList<EnvironmentChange> changes)
    {
        _history.Add(environment, recorded);
        var label = EnvironmentLabel.Of(environment);
        Log.Changed(_logger, label, recorded.Impact is null ? recorded.Summary : $"{recorded.Summary}; {recorded.Impact}");
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            foreach (var change in changes)
            {
                Log.Difference(_logger, label, change.ToString());
            }
        }
    }

    private static IReadOnlyList<EnvironmentChange> Kept(IReadOnlyList<EnvironmentChange> changes) => [.. changes.Take(RecordedChange.MaxDifferences)];

    private static partial class Log
    {
        [LoggerMessage(EventIds.ContentChanged, LogLevel.Information, "Environment {Environment} changed: {Summary}")]
        public static partial void Changed(ILogger logger, EnvironmentLabel environment, string summary);

        [LoggerMessage(EventIds.ContentDifference, LogLevel.Debug, "Environment {Environment} changed: {Difference}")]
        public static partial void Difference(ILogger logger, EnvironmentLabel environment, string difference);

        [LoggerMessage(EventIds.ContentNotCompared, LogLevel.Warning, "Environment {Environment}: what a new version changes is not known: {Reason}")]
        public static partial void NotCompared(ILogger logger, Exception? exception, EnvironmentLabel environment, string reason);
    }

    /// <summary>Two versions to compare.</summary>
    /// <param name="Environment">The environment.</param>
    /// <param name="Before">The earlier document.</param>
    /// <param name="After">The later one.</param>
    /// <param name="Record">Receives the differences.</param>
    private sealed record ComparedVersions(
        EnvironmentState Environment, ReadOnlyMemory<byte> Before, ReadOnlyMemory<byte> After, Action<IReadOnlyList<EnvironmentChange>> Record);
}
