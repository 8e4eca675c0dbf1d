using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Server;

/// <summary>Settings, defaults, aliases and problems (docs/spec/configuration.md 2 and 3).</summary>
public sealed class ProxySettingsTests
{
    private const string Pair = """{"server_side_key":"ser.abc","client_side_key":"abc"}""";

    [Fact]
    public void Bind_KeyPairsOnly_Defaults()
    {
        var options = Bind($$"""{"environment_key_pairs":[{{Pair}}]}""").Options;

        Assert.Equal(new EnvironmentKeyPairOptions("ser.abc", "abc"), Assert.Single(options.EnvironmentKeyPairs));
        Assert.Equal("https://edge.api.flagsmith.com/api/v1", options.Upstream.ApiUrl.AbsoluteUri);
        Assert.Equal(TimeSpan.FromSeconds(10), options.Upstream.ApiPollFrequency);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Upstream.ApiPollTimeout);
        Assert.Null(options.Upstream.ProxyKey);
        Assert.Equal(TimeSpan.FromSeconds(60), options.Upstream.UsageFlushInterval);
        Assert.Equal(["*"], options.Cors.AllowOrigins);
        Assert.Equal("0.0.0.0", options.Server.Host);
        Assert.Equal(8000, options.Server.Port);
        Assert.Equal(TimeSpan.FromSeconds(75), options.Server.KeepAliveTimeout);
        Assert.Equal(1024 * 1024, options.Identities.MaxRequestBodyBytes);
        Assert.Equal(100 * 1024 * 1024, options.Documents.MaxDocumentBytes);
        Assert.Equal(LogLevel.Information, options.Logging.Level);
        Assert.False(options.Logging.IsJson);
        Assert.Equal(TimeSpan.FromSeconds(30), options.HealthCheck.EnvironmentUpdateGracePeriod);
        Assert.Same(ReadinessRequirement.All, options.HealthCheck.Readiness);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Shutdown.Delay);
        Assert.Equal(TimeSpan.FromSeconds(15), options.Shutdown.Timeout);
        Assert.Null(options.Documents.MaxFeaturesLostPercent);
        Assert.Null(options.Persistence.SnapshotDirectory);
        Assert.Null(options.Upstream.ProxyKey);
    }

    [Fact]
    public void Bind_EverySetting_Taken()
    {
        var result = Bind(
            """
            {
              "environment_key_pairs": [{"server_side_key":" ser.abc ","client_side_key":"\tabc"}],
              "environment_documents": ["a.json", {"path":"b.json"}, {"path":"c.json","server_side_key":"ser.c"}],
              "proxy_key": " proxy ",
              "usage_flush_interval_seconds": 7.5,
              "api_url": "http://flagsmith.example:8080/api/v1/",
              "api_poll_frequency_seconds": 1.5,
              "api_poll_timeout_seconds": 2,
              "allow_origins": ["https://a.example", "https://b.example"],
              "limits": {"max_document_bytes": 2048, "max_features_lost_percent": 50},
              "snapshot_directory": "/var/lib/edge-proxy",
              "server": {"host": "127.0.0.1", "port": 9000, "timeout_keep_alive": 5, "max_request_body_bytes": 10, "reload": true,
                         "shutdown_delay_seconds": 0, "shutdown_timeout_seconds": 2.5},
              "logging": {"log_level": "debug", "log_format": "json", "log_event_field_name": "event"},
              "health_check": {"environment_update_grace_period_seconds": null, "readiness": ["one", " two "]},
              "endpoint_caches": {"flags": {"use_cache": true, "cache_max_size": 10}}
            }
            """);

        Assert.Empty(result.Problems);
        Assert.Empty(result.Warnings);
        var options = result.Options;
        Assert.Equal(new EnvironmentKeyPairOptions("ser.abc", "abc"), Assert.Single(options.EnvironmentKeyPairs));
        Assert.Equal(
            [new EnvironmentDocumentOptions("a.json", null), new("b.json", null), new("c.json", "ser.c")],
            options.EnvironmentDocuments);
        Assert.Equal("proxy", options.Upstream.ProxyKey);
        Assert.Equal(TimeSpan.FromSeconds(7.5), options.Upstream.UsageFlushInterval);
        Assert.Equal("http://flagsmith.example:8080/api/v1", options.Upstream.ApiUrl.AbsoluteUri);
        Assert.Equal(TimeSpan.FromSeconds(1.5), options.Upstream.ApiPollFrequency);
        Assert.Equal(TimeSpan.FromSeconds(2), options.Upstream.ApiPollTimeout);
        Assert.Equal(["https://a.example", "https://b.example"], options.Cors.AllowOrigins);
        Assert.Equal(2048, options.Documents.MaxDocumentBytes);
        Assert.Equal("127.0.0.1", options.Server.Host);
        Assert.Equal(9000, options.Server.Port);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Server.KeepAliveTimeout);
        Assert.Equal(10, options.Identities.MaxRequestBodyBytes);
        Assert.Equal(LogLevel.Debug, options.Logging.Level);
        Assert.True(options.Logging.IsJson);
        Assert.Equal("event", options.Logging.MessageFieldName);
        Assert.Null(options.HealthCheck.EnvironmentUpdateGracePeriod);
        Assert.Equal(["one", "two"], options.HealthCheck.Readiness.Named);
        Assert.Equal(TimeSpan.Zero, options.Shutdown.Delay);
        Assert.Equal(TimeSpan.FromSeconds(2.5), options.Shutdown.Timeout);
        Assert.Equal(50, options.Documents.MaxFeaturesLostPercent);
        Assert.Equal("/var/lib/edge-proxy", options.Persistence.SnapshotDirectory);
        Assert.Equal("proxy", options.Upstream.ProxyKey);
    }

    [Theory]
    [InlineData("null", false)]
    [InlineData("[]", false)]
    [InlineData("\"all\"", false)]
    [InlineData("\"All\"", false)]
    [InlineData("\"any\"", true)]
    [InlineData("\" ANY \"", true)]
    public void Bind_ReadinessAsAWord_AllOrAny(string word, bool isAny)
    {
        var result = Bind(With($$$"""{"health_check":{"readiness":{{{word}}}}}"""));

        Assert.Empty(result.Problems);
        Assert.Same(isAny ? ReadinessRequirement.Any : ReadinessRequirement.All, result.Options.HealthCheck.Readiness);
    }

    [Theory]
    [InlineData("\"production\"", "production")]
    [InlineData("[\"any\",\"production\"]", "any", "production")] // among names it is one
    public void Bind_ReadinessAsNames_These(string names, params string[] expected)
    {
        var readiness = Bind(With($$$"""{"health_check":{"readiness":{{{names}}}}}""")).Options.HealthCheck.Readiness;

        Assert.Equal(expected, readiness.Named);
        Assert.False(readiness.IsAny);
    }

    [Fact]
    public void Bind_ProxyKeyAlone_NoEnvironmentNeeded()
    {
        var result = Bind("""{"proxy_key":"proxy"}""");

        Assert.Empty(result.Problems);
        Assert.Equal("proxy", result.Options.Upstream.ProxyKey);
        Assert.NotEmpty(Bind("""{"proxy_key":" "}""").Problems);
    }

    [Fact]
    public void Bind_EmptyTexts_AsIfNotSet()
    {
        var options = Bind(With("""{"proxy_key":"","snapshot_directory":" ","limits":{"max_features_lost_percent":null}}""")).Options;

        Assert.Null(options.Upstream.ProxyKey);
        Assert.Null(options.Persistence.SnapshotDirectory);
        Assert.Null(options.Documents.MaxFeaturesLostPercent);
    }

    [Theory]
    [InlineData("""{"api_poll_frequency":3,"api_poll_timeout":4}""", 3, 4)]
    [InlineData("""{"api_poll_frequency":3,"api_poll_frequency_seconds":1,"api_poll_timeout_seconds":2,"api_poll_timeout":4}""", 1, 2)]
    [InlineData("""{"api_poll_frequency":"3","api_poll_timeout":" 4 "}""", 3, 4)]
    public void Bind_Aliases_TheNameItselfIsStronger(string settings, int frequency, int timeout)
    {
        var options = Bind(With(settings)).Options;

        Assert.Equal(TimeSpan.FromSeconds(frequency), options.Upstream.ApiPollFrequency);
        Assert.Equal(TimeSpan.FromSeconds(timeout), options.Upstream.ApiPollTimeout);
    }

    [Fact]
    public void Bind_OneOriginAsText_AListOfOne()
    {
        Assert.Equal(["https://a.example"], Bind(With("""{"allow_origins":"https://a.example"}""")).Options.Cors.AllowOrigins);
    }

    [Theory]
    [InlineData("{}", "environment_key_pairs")]
    [InlineData("""{"environment_key_pairs":[]}""", "environment_key_pairs")]
    [InlineData("""{"environment_key_pairs":{}}""", "environment_key_pairs.server_side_key")]
    [InlineData("""{"environment_key_pairs":["ser.abc"]}""", "environment_key_pairs[0]")]
    [InlineData("""{"environment_key_pairs":[{"server_side_key":"abc","client_side_key":"x"}]}""", "environment_key_pairs[0].server_side_key")]
    [InlineData("""{"environment_key_pairs":[{"server_side_key":"ser.abc"}]}""", "environment_key_pairs[0].client_side_key")]
    [InlineData("""{"environment_key_pairs":[{"server_side_key":"ser.abc","client_side_key":"  "}]}""", "environment_key_pairs[0].client_side_key")]
    [InlineData("""{"environment_key_pairs":[{"server_side_key":5,"client_side_key":"x"}]}""", "environment_key_pairs[0].server_side_key")]
    [InlineData("""{"environment_key_pairs":[{"server_side_key":"ser.a","client_side_key":"a"},{"server_side_key":"ser.b","client_side_key":"a"}]}""", "environment_key_pairs[1].client_side_key")]
    [InlineData("""{"environment_documents":[{}]}""", "environment_documents[0].path")]
    [InlineData("""{"environment_documents":[5]}""", "environment_documents[0]")]
    public void Bind_EnvironmentsUnusable_AProblemWithItsPath(string settings, string path)
    {
        Assert.Contains(Bind(settings).Problems, problem => problem.Path == path);
    }

    [Theory]
    [InlineData("""{"api_url":"flagsmith.example"}""", "api_url")]
    [InlineData("""{"api_url":"ftp://flagsmith.example"}""", "api_url")]
    [InlineData("""{"api_url":"https://flagsmith.example/?a=b"}""", "api_url")]
    [InlineData("""{"api_url":5}""", "api_url")]
    [InlineData("""{"api_poll_frequency_seconds":0}""", "api_poll_frequency_seconds")]
    [InlineData("""{"api_poll_frequency":-1}""", "api_poll_frequency")]
    [InlineData("""{"api_poll_timeout_seconds":"soon"}""", "api_poll_timeout_seconds")]
    [InlineData("""{"api_poll_timeout_seconds":[]}""", "api_poll_timeout_seconds")]
    [InlineData("""{"proxy_key":5}""", "proxy_key")]
    [InlineData("""{"usage_flush_interval_seconds":0}""", "usage_flush_interval_seconds")]
    [InlineData("""{"usage_flush_interval_seconds":"often"}""", "usage_flush_interval_seconds")]
    [InlineData("""{"allow_origins":[5]}""", "allow_origins[0]")]
    [InlineData("""{"server":5}""", "server")]
    [InlineData("""{"server":{"port":"http"}}""", "server.port")]
    [InlineData("""{"server":{"port":65536}}""", "server.port")]
    [InlineData("""{"server":{"port":80.5}}""", "server.port")]
    [InlineData("""{"server":{"timeout_keep_alive":0}}""", "server.timeout_keep_alive")]
    [InlineData("""{"logging":{"log_level":"LOUD"}}""", "logging.log_level")]
    [InlineData("""{"logging":{"log_format":true}}""", "logging.log_format")]
    [InlineData("""{"health_check":{"environment_update_grace_period_seconds":-1}}""", "health_check.environment_update_grace_period_seconds")]
    [InlineData("""{"limits":{"max_document_bytes":1}}""", "limits.max_document_bytes")]
    [InlineData("""{"limits":{"max_features_lost_percent":-1}}""", "limits.max_features_lost_percent")]
    [InlineData("""{"limits":{"max_features_lost_percent":101}}""", "limits.max_features_lost_percent")]
    [InlineData("""{"limits":{"max_features_lost_percent":"half"}}""", "limits.max_features_lost_percent")]
    [InlineData("""{"server":{"shutdown_delay_seconds":-1}}""", "server.shutdown_delay_seconds")]
    [InlineData("""{"server":{"shutdown_timeout_seconds":0}}""", "server.shutdown_timeout_seconds")]
    [InlineData("""{"snapshot_directory":5}""", "snapshot_directory")]
    [InlineData("""{"health_check":{"readiness":5}}""", "health_check.readiness")]
    [InlineData("""{"health_check":{"readiness":{"all":true}}}""", "health_check.readiness")]
    [InlineData("""{"health_check":{"readiness":["one",5]}}""", "health_check.readiness[1]")]
    [InlineData("""{"health_check":{"readiness":["one"," "]}}""", "health_check.readiness[1]")]
    public void Bind_WrongValue_OneProblemWithItsPathAndWhatWasExpected(string settings, string path)
    {
        var problem = Assert.Single(Bind(With(settings)).Problems);

        Assert.Equal(path, problem.Path);
        Assert.StartsWith("must be ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_ManyProblems_AllOfThemAndNoKey()
    {
        var problems = Bind(
            """{"environment_key_pairs":[{"server_side_key":"secret-one","client_side_key":""}],"api_url":"x","server":{"port":-1}}""").Problems;

        Assert.Equal(
            ["environment_key_pairs[0].server_side_key", "environment_key_pairs[0].client_side_key", "api_url", "server.port"],
            problems.Select(static problem => problem.Path));
        Assert.DoesNotContain(problems, static problem => problem.ToString().Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Bind_ProxyKeyOnly_NothingElseNeeded()
    {
        var result = Bind("""{"proxy_key":"proxy"}""");

        Assert.Empty(result.Problems);
        Assert.Empty(result.Warnings);
        Assert.Equal("proxy", result.Options.Upstream.ProxyKey);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("ser.abc")]
    public void Bind_ProxyKeyOfAnEnvironment_AProblem(string key)
    {
        Assert.Equal("proxy_key", Assert.Single(Bind(With($$"""{"proxy_key":"{{key}}"}""")).Problems).Path);
    }

    [Fact]
    public void Bind_Demo_NothingElseNeeded()
    {
        Assert.Empty(ProxySettings.Bind(new SettingsSources(ProxySettings.Catalog), demo: true).Problems);
    }

    [Fact]
    public void Bind_UnknownSettings_AWarningThatNamesThem()
    {
        var warnings = Bind(With("""{"api_uri":"x","server":{"prot":1,"reload":true},"endpoint_caches":{"identities":{"use_cache":true}},"$schema":"x"}""")).Warnings;

        Assert.Contains("api_uri (did you mean api_url?), server.prot (did you mean server.port?)", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private static string With(string settings)
    {
        var json = JsonNode.Parse(settings)!.AsObject();
        json["environment_key_pairs"] = new JsonArray(JsonNode.Parse(Pair));
        return json.ToJsonString();
    }

    private static ConfigurationResult Bind(string json)
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        foreach (var (name, value) in JsonNode.Parse(json)!.AsObject())
        {
            sources.Set(name, value?.DeepClone());
        }

        return ProxySettings.Bind(sources, demo: false);
    }
}
