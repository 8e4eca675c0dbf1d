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
    private readonly Channel<ContentPublishedEventArgs> _waiting;

    public ChangeRecorder(EnvironmentPublisher publisher, CompilationQueue compilations, ChangeHistory history, ILogger<ChangeRecorder> logger)
    {
        _publisher = publisher;
        _compilations = compilations;
        _history = history;
        _logger = logger;
        _waiting = Channel.CreateBounded<ContentPublishedEventArgs>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
        _publisher.ContentPublished += Published;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var published in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                Record(published, await CompareAsync(published, stoppingToken));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotCompared(_logger, exception, EnvironmentLabel.Of(published.Environment), "comparing it failed");
            }
        }
    }

    private void Published(object? sender, ContentPublishedEventArgs published)
    {
        if (published.Before is not null && !_waiting.Writer.TryWrite(published))
        {
            Log.NotCompared(_logger, null, EnvironmentLabel.Of(published.Environment), "too many others wait for that");
        }
    }

    private Task<IReadOnlyList<EnvironmentChange>> CompareAsync(ContentPublishedEventArgs published, CancellationToken cancellationToken) => _compilations.RunAsync(
        () => EnvironmentDiff.Between(published.Before!.Document.Body.Plain, published.After.Document.Body.Plain), cancellationToken);

    private void Record(ContentPublishedEventArgs published, IReadOnlyList<EnvironmentChange> changes)
    {
        var summary = ChangeSummary.Of(changes);
        var document = published.After.Document;
        IReadOnlyList<EnvironmentChange> kept = [.. changes.Take(RecordedChange.MaxDifferences)];
        _history.Add(published.Environment, new RecordedChange(
            document.ServedSince, published.Before!.Document.Version, document.Version, document.UpdatedAt, published.Environment.Freshness.Origin, published.Elapsed,
            summary, kept, changes.Count));
        var label = EnvironmentLabel.Of(published.Environment);
        Log.Changed(_logger, label, summary);
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            foreach (var change in changes)
            {
                Log.Difference(_logger, label, change.ToString());
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ContentChanged, LogLevel.Information, "Environment {Environment} changed: {Summary}")]
        public static partial void Changed(ILogger logger, EnvironmentLabel environment, string summary);

        [LoggerMessage(EventIds.ContentDifference, LogLevel.Debug, "Environment {Environment} changed: {Difference}")]
        public static partial void Difference(ILogger logger, EnvironmentLabel environment, string difference);

        [LoggerMessage(EventIds.ContentNotCompared, LogLevel.Warning, "Environment {Environment}: a new version is served, but not listed among its changes: {Reason}")]
        public static partial void NotCompared(ILogger logger, Exception? exception, EnvironmentLabel environment, string reason);
    }
}
