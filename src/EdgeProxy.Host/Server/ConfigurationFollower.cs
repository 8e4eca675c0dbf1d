using EdgeProxy.Host.Common;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Watches the configuration file and files with secrets: environments are added and removed without a restart; other
/// changes are logged, and take effect after a restart. An invalid file changes nothing.
/// </summary>
internal sealed partial class ConfigurationFollower : BackgroundService
{
    private const string Environments = "environment_key_pairs";

    private readonly ConfigurationOrigin _origin;
    private readonly ConfiguredEnvironments _environments;
    private readonly TimeProvider _time;
    private readonly ILogger<ConfigurationFollower> _logger;
    private ConfigurationResult _used;
    private IReadOnlyList<string> _files;

    /// <param name="origin">The origin of the configuration.</param>
    /// <param name="used">The configuration that the proxy started with.</param>
    /// <param name="environments">The configured environments.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public ConfigurationFollower(
        ConfigurationOrigin origin, ConfigurationResult used, ConfiguredEnvironments environments, TimeProvider time, ILogger<ConfigurationFollower> logger)
    {
        _origin = origin;
        _used = used;
        _files = used.Files;
        _environments = environments;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // No stamps: a file may have changed since it was read at the start.
        var watch = new FileWatch(_used.Files, _time);
        return watch.FollowAsync(
            _origin.Read,
            (change, _) =>
            {
                TryFollow(change);
                watch.Watch(_files);
                return Task.FromResult(true);
            },
            stoppingToken);
    }

    private void TryFollow(FileChange<ConfigurationResult> change)
    {
        try
        {
            if (change.Content is { } read)
            {
                Follow(read);
            }
            else
            {
                Log.Unreadable(_logger, _origin.Path, change.Failure!);
            }
        }
        catch (Exception exception)
        {
            // Catches everything: the next change may be valid.
            Log.Unexpected(_logger, exception, _origin.Path);
        }
    }

    private void Follow(ConfigurationResult read)
    {
        _files = read.Problems.Count > 0 ? [.. _files.Union(read.Files, StringComparer.Ordinal)] : read.Files;
        if (read.Problems.Count > 0)
        {
            Log.Unusable(_logger, _origin.Path, string.Join("; ", read.Problems));
            return;
        }

        var changes = ConfigurationChanges.Between(ProxySettings.Catalog, _used.Settings, read.Settings);
        if (changes.Count == 0)
        {
            return;
        }

        if (changes.Contains(Environments))
        {
            var (added, dropped, rekeyed) = _environments.Set(read.Options.EnvironmentKeyPairs);
            Log.Changed(_logger, _origin.Path, Mask(added), Mask(dropped), Mask(rekeyed));
        }

        var others = string.Join(", ", changes.Where(static name => name != Environments));
        if (others.Length > 0)
        {
            Log.NeedsRestart(_logger, _origin.Path, others);
        }

        _used = read;
    }

    private static string Mask(IReadOnlyList<string> keys) => keys.Count == 0 ? "none" : string.Join(", ", keys.Select(KeyMask.Mask));

    private static partial class Log
    {
        [LoggerMessage(EventIds.ConfigurationChanged, LogLevel.Information,
            "{File} changed: environments added: {Added}; removed: {Dropped}; with changed server-side keys: {Rekeyed}")]
        public static partial void Changed(ILogger logger, string file, string added, string dropped, string rekeyed);

        [LoggerMessage(EventIds.ConfigurationNeedsRestart, LogLevel.Warning, "{File} or a file that it names changed: {Settings}. This takes effect after a restart")]
        public static partial void NeedsRestart(ILogger logger, string file, string settings);

        [LoggerMessage(EventIds.ConfigurationUnusable, LogLevel.Error, "{File} or a file that it names changed, but is invalid: {Problems}. The previous configuration stays in effect")]
        public static partial void Unusable(ILogger logger, string file, string problems);

        [LoggerMessage(EventIds.ConfigurationUnreadable, LogLevel.Error,
            "{File} or a file that it names cannot be read: {Reason}. The previous configuration stays in effect; the file is read again when it changes")]
        public static partial void Unreadable(ILogger logger, string file, string reason);

        [LoggerMessage(EventIds.ConfigurationFailed, LogLevel.Error, "{File} or a file that it names changed, but could not be applied because of an unexpected error. The previous configuration stays in effect")]
        public static partial void Unexpected(ILogger logger, Exception exception, string file);
    }
}
