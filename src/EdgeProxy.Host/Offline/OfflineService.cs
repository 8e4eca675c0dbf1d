using System.Threading.Channels;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Offline;

/// <summary>
/// Publishes offline documents and watches their files.
/// </summary>
internal sealed partial class OfflineService : BackgroundService
{
    private readonly IReadOnlyList<OfflineDocument> _documents;
    private readonly EnvironmentPublisher _publisher;
    private readonly TimeProvider _time;
    private readonly ILogger<OfflineService> _logger;

    public OfflineService(IReadOnlyList<OfflineDocument> documents, EnvironmentPublisher publisher, TimeProvider time, ILogger<OfflineService> logger)
    {
        _documents = documents;
        _publisher = publisher;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_documents.Select(document => Task.Run(() => ServeAsync(document, stoppingToken), stoppingToken)));

    private async Task ServeAsync(OfflineDocument document, CancellationToken cancellationToken)
    {
        await TryPublishAsync(document, document.TakeContent(), cancellationToken);
        if (document.Path is null)
        {
            return;
        }

        using var turn = new SemaphoreSlim(1);
        await Task.WhenAll(FollowAsync(document, document.Path, turn, cancellationToken), PublishReleasedAsync(document, turn, cancellationToken));
    }

    /// <summary>Publishes held versions that were released: their files do not change again.</summary>
    private async Task PublishReleasedAsync(OfflineDocument document, SemaphoreSlim turn, CancellationToken cancellationToken)
    {
        var released = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        document.Environment.Hold.Released += (_, _) => released.Writer.TryWrite(true);
        await foreach (var _ in released.Reader.ReadAllAsync(cancellationToken))
        {
            await turn.WaitAsync(cancellationToken);
            try
            {
                // Another content of the file may have replaced it meanwhile.
                if (document.Environment.Hold.Current is { Document: { } content } held && document.Environment.Hold.IsReleased(held.Content))
                {
                    await TryPublishAsync(document, content.ToArray(), cancellationToken);
                }
            }
            finally
            {
                turn.Release();
            }
        }
    }

    private async Task FollowAsync(OfflineDocument document, string path, SemaphoreSlim turn, CancellationToken cancellationToken)
    {
        var watch = new FileWatch([path], _time, [document.Stamp]);
        var isUnreadable = false;
        await watch.FollowAsync(
            () => OfflineDocumentLoader.ReadFile(path),
            async (change, token) =>
            {
                if (change.Content is { } content)
                {
                    isUnreadable = false;
                    await turn.WaitAsync(token);
                    try
                    {
                        await TryPublishAsync(document, content, token);
                    }
                    finally
                    {
                        turn.Release();
                    }

                    return true;
                }

                // A file that exists but cannot be read is retried; that is logged once.
                if (!isUnreadable)
                {
                    document.Environment.Failed(_time, $"its file cannot be read: {change.Failure}", isRejected: false);
                    Log.Unreadable(_logger, path, change.Failure!, Consequence(document.Environment));
                }

                isUnreadable = true;
                return false;
            },
            cancellationToken);
    }

    private async Task TryPublishAsync(OfflineDocument document, byte[] content, CancellationToken cancellationToken)
    {
        var name = document.Path ?? "the demo environment";
        try
        {
            if (!string.Equals(OfflineDocumentLoader.ReadKey(content), document.Environment.ClientSideKey, StringComparison.Ordinal))
            {
                document.Environment.Failed(_time, "its file is of another environment now", isRejected: true);
                Log.KeyChanged(_logger, name, KeyMask.Mask(document.Environment.ClientSideKey), Consequence(document.Environment));
                return;
            }

            if (await _publisher.PublishAsync(document.Environment, content, DocumentOrigin.File, cancellationToken) == PublishOutcome.Held)
            {
                document.Environment.FetchedHeld(_time);
                return;
            }

            document.Environment.Fetched(_time, DocumentOrigin.File);
        }
        catch (EnvironmentDocumentException exception)
        {
            document.Environment.Failed(_time, exception.Message, isRejected: true);
            Log.Rejected(_logger, name, exception.Message.TrimEnd('.'), Consequence(document.Environment));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Catches everything: the other files must still be watched.
            Log.Unexpected(_logger, exception, name, Consequence(document.Environment));
        }
    }

    private static string Consequence(EnvironmentState environment) =>
        environment.Current is null ? "nothing is loaded, requests with its keys get 503" : "the previous document is still served";

    private static partial class Log
    {
        [LoggerMessage(EventIds.FileUnreadable, LogLevel.Error, "{File} cannot be read: {Reason}; {Consequence}. Reading is retried every second")]
        public static partial void Unreadable(ILogger logger, string file, string reason, string consequence);

        [LoggerMessage(EventIds.FileRejected, LogLevel.Error, "{File} was rejected: {Reason}; {Consequence}. Correct the file; it is read again when it changes")]
        public static partial void Rejected(ILogger logger, string file, string reason, string consequence);

        [LoggerMessage(EventIds.FileKeyChanged, LogLevel.Error,
            "{File} was rejected: its api_key is no longer {Key}; {Consequence}. Restart to serve another environment")]
        public static partial void KeyChanged(ILogger logger, string file, string key, string consequence);

        [LoggerMessage(EventIds.FileFailed, LogLevel.Error, "{File} could not be loaded because of an unexpected error; {Consequence}")]
        public static partial void Unexpected(ILogger logger, Exception exception, string file, string consequence);
    }
}
