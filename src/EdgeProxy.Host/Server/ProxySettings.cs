using System.Text;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Events;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.AccessLogging;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Traits;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Streams;

namespace EdgeProxy.Host.Server;

/// <summary>Reads all options, and validates those that depend on each other.</summary>
internal static class ProxySettings
{
    /// <summary>All definitions, in the order in which people read about them.</summary>
    public static readonly SettingCatalog Catalog = new(
    [
        .. ProxyOptions.Settings.Settings,
        .. UpstreamOptions.Settings.Settings,
        .. DocumentOptions.Settings.Settings,
        .. ChangeOptions.Settings.Settings,
        .. PersistenceOptions.Settings.Settings,
        .. FleetOptions.Settings.Settings,
        .. CorsOptions.Settings.Settings,
        .. RevisionOptions.Settings.Settings,
        .. ServerOptions.Settings.Settings,
        .. TlsOptions.Settings.Settings,
        .. ServerLimitOptions.Settings.Settings,
        .. IdentityOptions.Settings.Settings,
        .. AnalyticsOptions.Settings.Settings,
        .. EventsOptions.Settings.Settings,
        .. OfrepOptions.Settings.Settings,
        .. TraitForwardingOptions.Settings.Settings,
        .. OverloadOptions.Settings.Settings,
        .. ShutdownOptions.Settings.Settings,
        .. OperatorOptions.Settings.Settings,
        .. LoggingOptions.Settings.Settings,
        .. AccessLogOptions.Settings.Settings,
        .. HealthCheckOptions.Settings.Settings,
        .. MetricsOptions.Settings.Settings,
        .. RealtimeOptions.Settings.Settings,
        .. StreamOptions.Settings.Settings,
        .. UpstreamStreamOptions.Settings.Settings,
        .. SettingsWithoutEffect.All,
    ]);

    /// <summary>Reads all options; reports every problem at once.</summary>
    /// <param name="sources">The settings.</param>
    /// <param name="demo">True to serve the demo environment; no other setting is needed then.</param>
    public static ConfigurationResult Bind(SettingsSources sources, bool demo)
    {
        sources.ReadSecretFiles();
        var reading = new SettingReading(Catalog, sources.Origins);
        var root = new SettingNode(sources.Tree, reading);
        var options = ProxyOptions.Settings.Read(root) with
        {
            Demo = demo,
            Upstream = UpstreamOptions.Settings.Read(root),
            Documents = DocumentOptions.Settings.Read(root),
            Changes = ChangeOptions.Settings.Read(root),
            Persistence = PersistenceOptions.Settings.Read(root),
            Fleet = FleetOptions.Settings.Read(root),
            Cors = CorsOptions.Settings.Read(root),
            Revision = RevisionOptions.Settings.Read(root),
            Server = ServerOptions.Settings.Read(root),
            Tls = TlsOptions.Settings.Read(root),
            Limits = ServerLimitOptions.Settings.Read(root),
            Identities = IdentityOptions.Settings.Read(root),
            Analytics = AnalyticsOptions.Settings.Read(root),
            Ofrep = OfrepOptions.Settings.Read(root),
            Events = EventsOptions.Settings.Read(root),
            Traits = TraitForwardingOptions.Settings.Read(root),
            Overload = OverloadOptions.Settings.Read(root),
            Shutdown = ShutdownOptions.Settings.Read(root),
            Operators = OperatorOptions.Settings.Read(root),
            Logging = LoggingOptions.Settings.Read(root),
            AccessLog = AccessLogOptions.Settings.Read(root),
            HealthCheck = HealthCheckOptions.Settings.Read(root),
            Metrics = MetricsOptions.Settings.Read(root),
            Realtime = RealtimeOptions.Settings.Read(root),
            Streams = StreamOptions.Settings.Read(root),
            UpstreamStreams = UpstreamStreamOptions.Settings.Read(root),
        };
        CheckTogether(options, root);
        SettingProblem[] problems = [.. sources.Problems, .. reading.Problems];
        if (problems.Length == 0 && !demo && options is { EnvironmentKeyPairs.Count: 0, EnvironmentDocuments.Count: 0, Upstream.ProxyKey: null })
        {
            problems = [new SettingProblem("environment_key_pairs", NoEnvironment(sources.IsFileAbsent))];
        }

        string[] warnings = [.. sources.Warnings, .. SettingWarnings.Of(Catalog, sources.Tree, reading.Ignored)];
        return new ConfigurationResult(options, problems, warnings, sources.Tree)
        {
            Notes = [.. SettingWarnings.WithoutEffect(Catalog, sources)],
            Files = [.. sources.Files],
            Origins = sources.Origins,
        };
    }

    private static void CheckTogether(ProxyOptions options, SettingNode root)
    {
        if (options.Upstream.ProxyKey is { } proxyKey && !root.Reading.TryClaim(proxyKey))
        {
            root["proxy_key"].Problem("is the key of an environment too");
        }

        if (options.Metrics.Port > 0 && options.Metrics.Port == options.Server.Port)
        {
            root["metrics"]["port"].Problem("must be another than server.port; unset, it is the same");
        }

        if (options.Fleet.Store is { } store && FleetAddress.Parse(store) is null)
        {
            root["fleet"]["store"].Problem($"must be {FleetAddress.Expectation}");
        }

        if (options is { Traits.IsEnabled: true, EnvironmentKeyPairs.Count: 0, Upstream.ProxyKey: null } && options.HasDocuments)
        {
            root["trait_forwarding"]["enabled"].Problem("needs an environment that is fetched from the API: nothing is sent for environments that are served from files");
        }

        if (options.Changes is { HoldAbovePercent: not null, SampleIdentities: 0 })
        {
            root["changes"]["hold_above_percent"].Problem("needs changes.sample_identities: the share is one of the sampled identities");
        }

        CheckOperators(options, root["operators"]);
    }

    private static void CheckOperators(ProxyOptions options, SettingNode node)
    {
        var operators = options.Operators;
        if (operators is { Port: > 0, Host: null } && operators.Port == options.Server.Port)
        {
            node["port"].Problem("must be another than server.port");
        }

        if (operators.UnixSocket is { } path && !Path.IsPathRooted(path))
        {
            node["unix_socket"].Expected("an absolute path");
        }
        else if (operators.UnixSocket is { } socket && Encoding.UTF8.GetByteCount(socket) > UnixSocketFile.MaxPathBytes)
        {
            node["unix_socket"].Expected($"a path of at most {UnixSocketFile.MaxPathBytes} bytes: systems take no longer one for a socket");
        }

        if (operators is { HasListener: true, Token: null })
        {
            // No exception for loopback either: a separate listener may be reached from wherever it was exposed to.
            node[operators.Port is null ? "unix_socket" : "port"].Problem("needs server.admin_token: nothing else opens operators' paths there");
        }
    }

    private static string NoEnvironment(bool isFileAbsent) =>
        "must list at least one environment, unless proxy_key finds them, environment_documents or --environment-document gives one, or --demo the built-in one"
        + (isFileAbsent ? $"; no file was found: neither {SettingsSources.DefaultPath} in the working directory nor one named by --config or {SettingsSources.PathVariable}" : "");
}
