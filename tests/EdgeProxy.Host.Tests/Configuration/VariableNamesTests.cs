using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Tests.Configuration;

/// <summary>Environment variables that look like settings and are none (docs/spec/configuration.md 2.5 and 3.2).</summary>
public sealed class VariableNamesTests
{
    [Theory]
    [InlineData("METRICS_PORT", "tcp://10.96.0.7:9090")]
    [InlineData("SERVER_PORT", "tcp://10.96.0.7:8000")]
    [InlineData("server_http2_cleartext_port", "UDP://10.96.0.7:8000")]
    public void AddVariables_PortOfAKubernetesService_IgnoredWithAWarning(string name, string value)
    {
        var sources = Add((name, value));

        Assert.Empty(sources.Tree);
        var warning = Assert.Single(sources.Warnings);
        Assert.Contains(name, warning, StringComparison.Ordinal);
        Assert.Contains("Kubernetes", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void AddVariables_TheRestOfAKubernetesService_IgnoredInSilence()
    {
        var sources = Add(
            ("LOGGING_PORT", "tcp://10.96.0.7:80"),
            ("SERVER_SERVICE_HOST", "10.96.0.7"),
            ("SERVER_SERVICE_PORT", "80"),
            ("SERVER_SERVICE_PORT_HTTP", "80"),
            ("SERVER_PORT_8000_TCP", "tcp://10.96.0.7:8000"),
            ("SERVER_PORT_8000_TCP_PROTO", "tcp"),
            ("SERVER_PORT_8000_TCP_PORT", "8000"),
            ("SERVER_PORT_8000_TCP_ADDR", "10.96.0.7"));

        Assert.Empty(sources.Tree);
        Assert.Empty(sources.Warnings);
    }

    [Theory]
    [InlineData("SERVER_PROT", "SERVER_PORT")]
    [InlineData("LOGGING_LOG_LEVLE", "LOGGING_LOG_LEVEL")]
    [InlineData("Logging_Log_Levle", "LOGGING_LOG_LEVEL")]
    [InlineData("HEALTH_CHECK_READYNESS", "HEALTH_CHECK_READINESS")]
    [InlineData("API_POLL_FREQUENZY", "API_POLL_FREQUENCY")]
    [InlineData("LIMITS_MAX_TRAIT", "LIMITS_MAX_TRAITS")]
    [InlineData("ENVIRONMENT_KEY_PAIR", "ENVIRONMENT_KEY_PAIRS")]
    [InlineData("ALLOW_ORIGIN", "ALLOW_ORIGINS")]
    [InlineData("allow_orgins", "ALLOW_ORIGINS")]
    [InlineData("SNAPSHOT_DIRECOTRY", "SNAPSHOT_DIRECTORY")]
    [InlineData("PROXYS_KEY", "PROXY_KEY")]
    public void AddVariables_Misspelled_AWarningWithTheNearestName(string name, string nearest)
    {
        var sources = Add((name, "1"));

        Assert.Empty(sources.Tree);
        Assert.Contains($"{name} (did you mean {nearest}?)", Assert.Single(sources.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PATH")]
    [InlineData("API_KEY")]
    [InlineData("SERVERS_PORT")]
    [InlineData("HTTP_PROXY")]
    [InlineData("PROXY_USER")]
    [InlineData("APP_URL")]
    [InlineData("ALLOW_ORIGINS_FROM")]
    public void AddVariables_OfOtherPrograms_NoWarning(string name)
    {
        Assert.Empty(Add((name, "1")).Warnings);
    }

    private static SettingsSources Add(params (string Name, string Value)[] variables)
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        sources.AddVariables(variables.ToDictionary(static variable => variable.Name, static variable => variable.Value));
        return sources;
    }
}
