using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Tests.Operations;

public sealed class OperatorOptionsTests
{
    [Fact]
    public void Bind_Nothing_LoopbackTrustedAndNoListener()
    {
        var options = Bind("{}").Options.Operators;

        Assert.True(options.TrustLoopback);
        Assert.False(options.HasListener);
    }

    [Theory]
    [InlineData(107, 0)]
    [InlineData(108, 1)]
    public void Bind_PathOfSocket_AsLongAsTheSystemTakes(int length, int problems)
    {
        var result = Bind($$"""{"server":{"admin_token":"t"},"operators":{"unix_socket":"/{{new string('s', length - 1)}}"} }""");

        Assert.Equal(problems, result.Problems.Count);
        Assert.All(result.Problems, static problem => Assert.StartsWith("operators.unix_socket: must be a path of at most 107 bytes", problem.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Bind_Everything_Taken()
    {
        var result = Bind("""
            {"server":{"admin_token":"t"},"operators":{"trust_loopback":false,"port":8001,"host":"127.0.0.1","unix_socket":"/run/edge-proxy.sock"}}
            """);

        Assert.Empty(result.Problems);
        Assert.Empty(result.Warnings);
        Assert.Equal(
            new OperatorOptions { Token = "t", TrustLoopback = false, Port = 8001, Host = "127.0.0.1", UnixSocket = "/run/edge-proxy.sock" }, result.Options.Operators);
    }

    [Theory]
    [InlineData("""{"operators":{"port":8001}}""", "operators.port: needs server.admin_token: nothing else opens operators' paths there")]
    [InlineData("""{"operators":{"unix_socket":"/a"}}""", "operators.unix_socket: needs server.admin_token: nothing else opens operators' paths there")]
    [InlineData("""{"server":{"admin_token":"t"},"operators":{"port":8000}}""", "operators.port: must be another than server.port")]
    [InlineData("""{"server":{"admin_token":"t"},"operators":{"unix_socket":"a"}}""", "operators.unix_socket: must be an absolute path")]
    [InlineData("""{"operators":{"trust_loopback":"perhaps"}}""", "operators.trust_loopback: must be true or false")]
    public void Bind_Unusable_SaysWhatAndWhere(string json, string problem) =>
        Assert.StartsWith(problem, Assert.Single(Bind(json).Problems).ToString(), StringComparison.Ordinal);

    private static ConfigurationResult Bind(string json)
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        foreach (var (name, value) in JsonNode.Parse(json)!.AsObject())
        {
            sources.Set(name, value?.DeepClone());
        }

        return ProxySettings.Bind(sources, demo: true);
    }
}
