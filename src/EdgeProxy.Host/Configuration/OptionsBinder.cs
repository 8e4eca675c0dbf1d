using System.Text.Json.Nodes;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Host.Configuration.Catalog;

namespace EdgeProxy.Host.Configuration;

/// <summary>The one place where settings become options: checks everything, and lists every problem at once.</summary>
internal sealed class OptionsBinder
{
    private static readonly Dictionary<string, LogLevel> LogLevels = new(StringComparer.Ordinal)
    {
        ["CRITICAL"] = LogLevel.Critical,
        ["ERROR"] = LogLevel.Error,
        ["WARNING"] = LogLevel.Warning,
        ["INFO"] = LogLevel.Information,
        ["DEBUG"] = LogLevel.Debug,
        ["NOTSET"] = LogLevel.Trace,
    };

    private static readonly Dictionary<string, bool> LogFormats = new(StringComparer.Ordinal)
    {
        ["GENERIC"] = false,
        ["JSON"] = true,
    };

    private static readonly Dictionary<string, FlagDetails> DetailsOfFlags = new(StringComparer.Ordinal)
    {
        ["FULL"] = FlagDetails.Full,
        ["NONE"] = FlagDetails.None,
    };

    private readonly List<SettingProblem> _problems = [];
    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Binds the settings.</summary>
    /// <param name="sources">The settings.</param>
    /// <param name="demo">Whether the demo environment is asked for, which then is all there needs to be.</param>
    public static ConfigurationResult Bind(SettingsSources sources, bool demo)
    {
        var binder = new OptionsBinder();
        binder._problems.AddRange(sources.Problems);
        binder._warnings.AddRange(sources.Warnings);
        var options = binder.Bind(sources.Tree, demo, sources.HasFile);
        return new ConfigurationResult(options, binder._problems, binder._warnings, sources.Tree);
    }

    private ProxyOptions Bind(JsonObject tree, bool demo, bool hasFile)
    {
        WarnOfNames(tree);
        var root = new SettingNode(tree, "", _problems);
        var defaults = new ProxyOptions();
        var options = new ProxyOptions
        {
            Demo = demo,
            EnvironmentKeyPairs = [.. root["environment_key_pairs"].Items().Select(BindKeyPair).OfType<EnvironmentKeyPairOptions>()],
            EnvironmentDocuments = [.. root["environment_documents"].Items().Select(BindDocument).OfType<EnvironmentDocumentOptions>()],
            ProxyKey = BindProxyKey(root["proxy_key"]),
            UsageFlushInterval = root["usage_flush_interval_seconds"].Seconds(defaults.UsageFlushInterval, zeroAllowed: false),
            SnapshotDirectory = NonEmpty(root["snapshot_directory"].Text()),
            ApiUrl = BindUrl(root["api_url"], defaults.ApiUrl),
            ApiPollFrequency = Either(root, "api_poll_frequency_seconds", "api_poll_frequency")
                .Seconds(defaults.ApiPollFrequency, zeroAllowed: false),
            ApiPollTimeout = Either(root, "api_poll_timeout_seconds", "api_poll_timeout")
                .Seconds(defaults.ApiPollTimeout, zeroAllowed: false),
            MaxDocumentBytes = root["limits"]["max_document_bytes"].Integer(defaults.MaxDocumentBytes, 1024, int.MaxValue / 2),
            MaxFeaturesLostPercent = root["limits"]["max_features_lost_percent"] is { IsUnset: false } percent
                ? (int)percent.Integer(0, 0, 100)
                : null,
            FlagDetails = root["flags"]["details"].Choice(DetailsOfFlags, defaults.FlagDetails),
            AllowOrigins = root.Has("allow_origins")
                ? [.. root["allow_origins"].Items().Select(static origin => origin.Text()).OfType<string>()]
                : defaults.AllowOrigins,
            Server = ServerBinder.Bind(root["server"], root["limits"], root["forwarded_allow_ips"], defaults.Server),
            Logging = new LoggingOptions
            {
                Level = root["logging"]["log_level"].Choice(LogLevels, defaults.Logging.Level),
                IsJson = root["logging"]["log_format"].Choice(LogFormats, defaults.Logging.IsJson),
                IsColoured = Either(root["logging"], "colours", "colors").Boolean(defaults.Logging.IsColoured),
                IsAccessLogged = root["logging"]["enable_access_log"].Boolean(defaults.Logging.IsAccessLogged),
                Files = BindLogFiles(root["logging"]),
                MessageFieldName = root["logging"]["log_event_field_name"].Text() ?? defaults.Logging.MessageFieldName,
            },
            Metrics = BindMetrics(root, defaults),
            HealthCheck = BindHealthCheck(root["health_check"], defaults.HealthCheck),
        };

        if (_problems.Count == 0 && !demo && options is { EnvironmentKeyPairs.Count: 0, EnvironmentDocuments.Count: 0, ProxyKey: null })
        {
            root["environment_key_pairs"].Problem(
                "must list at least one environment, unless proxy_key finds them, environment_documents or --environment-document gives one, or --demo the built-in one"
                + (hasFile ? "" : $"; no file was found: neither {SettingsSources.DefaultPath} in the working directory nor one named by --config or {SettingsSources.PathVariable}"));
        }

        return options;
    }

    private IReadOnlyList<LogFileOptions> BindLogFiles(SettingNode logging)
    {
        var ignored = new List<string>();
        var files = LoggingOverrideBinder.Bind(logging["override"], LogLevels, LogLevel.Trace, ignored);
        WarnOf(ignored.Select(static name => $"logging.override.{name}"), "not supported, and ignored");
        return files;
    }

    private EnvironmentKeyPairOptions? BindKeyPair(SettingNode pair)
    {
        if (!pair.IsObject)
        {
            pair.Expected("an object with server_side_key and client_side_key");
            return null;
        }

        var serverKey = BindKey(pair["server_side_key"], isServerKey: true);
        var clientKey = BindKey(pair["client_side_key"], isServerKey: false);
        return serverKey is null || clientKey is null ? null : new EnvironmentKeyPairOptions(serverKey, clientKey);
    }

    private EnvironmentDocumentOptions? BindDocument(SettingNode document)
    {
        var path = document.IsObject ? document["path"] : document;
        var serverKey = document.IsObject && document.Has("server_side_key") ? BindKey(document["server_side_key"], isServerKey: true) : null;
        if (path.Text() is { Length: > 0 } text)
        {
            return new EnvironmentDocumentOptions(text, serverKey);
        }

        path.Expected("the path of a file");
        return null;
    }

    private string? BindKey(SettingNode node, bool isServerKey)
    {
        var key = node.Text();
        if (string.IsNullOrEmpty(key))
        {
            node.Expected(isServerKey ? "a server-side key" : "a client-side key");
        }
        else if (isServerKey && !key.StartsWith(EnvironmentKeyPairOptions.ServerKeyPrefix, StringComparison.Ordinal))
        {
            node.Problem($"must start with \"{EnvironmentKeyPairOptions.ServerKeyPrefix}\"");
        }
        else if (!_keys.Add(key))
        {
            node.Problem("is used twice");
        }
        else
        {
            return key;
        }

        return null;
    }

    private static Uri BindUrl(SettingNode node, Uri otherwise)
    {
        if (node.IsUnset)
        {
            return otherwise;
        }

        if (Uri.TryCreate(node.Text()?.TrimEnd('/'), UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.Fragment.Length == 0)
        {
            return url;
        }

        node.Expected("an http or https address without a query");
        return otherwise;
    }

    private static HealthCheckOptions BindHealthCheck(SettingNode node, HealthCheckOptions defaults)
    {
        const string Name = "environment_update_grace_period_seconds";
        return new HealthCheckOptions
        {
            EnvironmentUpdateGracePeriod = node.Has(Name) && node[Name].IsUnset
                ? null
                : node[Name].Seconds(defaults.EnvironmentUpdateGracePeriod ?? TimeSpan.Zero, zeroAllowed: true),
            Readiness = BindReadiness(node["readiness"]),
        };
    }

    private static MetricsOptions BindMetrics(SettingNode root, ProxyOptions defaults)
    {
        var node = root["metrics"];
        var port = node["port"].IsUnset ? default(int?) : (int)node["port"].Integer(0, 0, 65535);
        if (port > 0 && port == root["server"]["port"].Integer(defaults.Server.Port, 0, 65535))
        {
            node["port"].Problem("must be another than server.port; unset, it is the same");
        }

        return new MetricsOptions { Enabled = node["enabled"].Boolean(defaults.Metrics.Enabled), Port = port };
    }

    private static ReadinessRequirement BindReadiness(SettingNode node)
    {
        string[] words = [.. node.Items().Select(BindReadinessWord).OfType<string>()];
        return words switch
        {
            [] => ReadinessRequirement.All,
            [var word] when word.Equals("all", StringComparison.OrdinalIgnoreCase) => ReadinessRequirement.All,
            [var word] when word.Equals("any", StringComparison.OrdinalIgnoreCase) => ReadinessRequirement.Any,
            _ => ReadinessRequirement.Of(words),
        };
    }

    private static string? BindReadinessWord(SettingNode node)
    {
        var word = NonEmpty(node.Text());
        if (word is null)
        {
            node.Expected("\"all\", \"any\", or a list of environments");
        }

        return word;
    }

    private string? BindProxyKey(SettingNode node)
    {
        var key = NonEmpty(node.Text());
        if (key is not null && !_keys.Add(key))
        {
            node.Problem("is the key of an environment too");
        }

        return key;
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static SettingNode Either(SettingNode root, string name, string alias) => root.Has(name) ? root[name] : root[alias];

    private void WarnOfNames(JsonObject tree)
    {
        string[] given = [.. Flatten(tree, "").Where(static name => !name.StartsWith('$'))]; // what editors put there
        string[] unsupported = [.. SettingCatalog.All.Where(static setting => setting.Support == SettingSupport.NotSupported).SelectMany(static setting => setting.Names)];
        WarnOf(given.Where(name => Belongs(name, unsupported)), "not supported by this version, and ignored");
        WarnOf(
            given.Where(static name => !Belongs(name, SettingCatalog.Names))
                .Select(static name => NearestName.Of(name) is { } nearest ? $"{name} (did you mean {nearest}?)" : name),
            "unknown, and ignored");
    }

    private void WarnOf(IEnumerable<string> names, string what)
    {
        var list = string.Join(", ", names);
        if (list.Length > 0)
        {
            _warnings.Add($"Settings that are {what}: {list}.");
        }
    }

    private static bool Belongs(string name, IEnumerable<string> known) =>
        known.Any(other => name == other
            || name.StartsWith(other + '.', StringComparison.Ordinal)
            || other.StartsWith(name + '.', StringComparison.Ordinal));

    private static IEnumerable<string> Flatten(JsonObject tree, string prefix) => tree.SelectMany(
        member => member.Value is JsonObject { Count: > 0 } child ? Flatten(child, $"{prefix}{member.Key}.") : [prefix + member.Key]);
}
