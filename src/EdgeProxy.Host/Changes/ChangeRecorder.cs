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
    private readonly Channel<Change> _waiting;

    public ChangeRecorder(EnvironmentPublisher publisher, CompilationQueue compilations, ChangeHistory history, MemoryLimit memory, ILogger<ChangeRecorder> logger)
    {
        _publisher = publisher;
        _compilations = compilations;
        _history = history;
        _memory = memory;
        _logger = logger;
        _waiting = Channel.CreateBounded<Change>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
        _publisher.ContentPublished += Published;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            var label = EnvironmentLabel.Of(change.Environment);
            if (FindObstacle(change) is { } obstacle)
            {
                Log.NotCompared(_logger, null, label, obstacle);
                continue;
            }

            try
            {
                Record(change, await CompareAsync(change, stoppingToken));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotCompared(_logger, exception, label, "comparing it failed");
            }
        }
    }

    private void Published(object? sender, ContentPublishedEventArgs published)
    {
        // The documents only: a version that is no longer served has a snapshot, which would take several times as much.
        if (published.Before is { } before && !_waiting.Writer.TryWrite(new Change(published.Environment, before.Document, published.After.Document, published.Elapsed)))
        {
            Log.NotCompared(_logger, null, EnvironmentLabel.Of(published.Environment), "too many others wait for that");
        }
    }

    /// <summary>Returns why two documents cannot be compared without taking the memory that others need; null if they can.</summary>
    private string? FindObstacle(Change change)
    {
        var needed = ((long)change.Before.Body.Plain.Length + change.After.Body.Plain.Length) * BytesPerByte;
        var available = _memory.Available();
        return needed <= available ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"comparing the two documents may need {needed / BytesPerMegabyte:0} MB, but only {Math.Max(0, available) / BytesPerMegabyte:0} MB are left of the {_memory.Bytes / BytesPerMegabyte:0} MB that the process may use ({_memory.Name}); raise that limit to have changes listed");
    }

    private Task<IReadOnlyList<EnvironmentChange>> CompareAsync(Change change, CancellationToken cancellationToken) => _compilations.RunAsync(
        () => EnvironmentDiff.Between(change.Before.Body.Plain, change.After.Body.Plain), cancellationToken);

    private void Record(Change change, IReadOnlyList<EnvironmentChange> differences)
    {
        var summary = ChangeSummary.Of(differences);
        var document = change.After;
        IReadOnlyList<EnvironmentChange> kept = [.. differences.Take(RecordedChange.MaxDifferences)];
        _history.Add(change.Environment, new RecordedChange(
            document.ServedSince, change.Before.Version, document.Version, document.UpdatedAt, change.Environment.Freshness.Origin, change.Elapsed,
            summary, kept, differences.Count));
        var label = EnvironmentLabel.Of(change.Environment);
        Log.Changed(_logger, label, summary);
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            foreach (var difference in kept)
            {
                Log.Difference(_logger, label, difference.ToString());
            }
        }
    }

    private sealed record Change(EnvironmentState Environment, PublishedDocument Before, PublishedDocument After, TimeSpan Elapsed);

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
