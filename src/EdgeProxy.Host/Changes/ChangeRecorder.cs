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
    // Each holds a version that is no longer served. Comparing takes less time than compiling, so few wait.
    private const int MaxWaiting = 100;

    private readonly EnvironmentPublisher _publisher;
    private readonly CompilationQueue _compilations;
    private readonly ChangeHistory _history;
    private readonly ILogger<ChangeRecorder> _logger;
    private readonly Channel<ComparedVersions> _waiting;

    public ChangeRecorder(EnvironmentPublisher publisher, CompilationQueue compilations, ChangeHistory history, ILogger<ChangeRecorder> logger)
    {
        _publisher = publisher;
        _compilations = compilations;
        _history = history;
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
            try
            {
                versions.Record(await CompareAsync(versions, stoppingToken));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotCompared(_logger, exception, EnvironmentLabel.Of(versions.Environment), "comparing it failed");
            }
        }
    }

    private void Published(object? sender, ContentPublishedEventArgs published)
    {
        if (published.Before is { } before)
        {
            Add(new ComparedVersions(
                published.Environment, before.Document.Body.Plain, published.After.Document.Body.Plain, changes => Record(published, before.Document.Version, changes)));
        }
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

    private Task<IReadOnlyList<EnvironmentChange>> CompareAsync(ComparedVersions versions, CancellationToken cancellationToken) =>
        _compilations.RunAsync(() => EnvironmentDiff.Between(versions.Before, versions.After), cancellationToken);

    private void Record(ContentPublishedEventArgs published, string before, IReadOnlyList<EnvironmentChange> changes)
    {
        var summary = ChangeSummary.Of(changes);
        var document = published.After.Document;
        var kept = Kept(changes);
        _history.Add(published.Environment, new RecordedChange(
            document.ServedSince, before, document.Version, document.UpdatedAt, published.Origin, published.Elapsed, published.Impact, summary, kept, changes.Count));
        var label = EnvironmentLabel.Of(published.Environment);
        Log.Changed(_logger, label, published.Impact is null ? summary : $"{summary}; {published.Impact}");
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
