using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <summary><c>edge-proxy health</c>: which environments are at fault, in words.</summary>
public sealed class HealthCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Health_ApiFails_TheEnvironmentForHowLongAndWhy()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Behaviour = FakeUpstream.Status(500);
        using var proxy = Start(upstream, []);
        var address = await proxy.ReadAddressAsync();
        await upstream.WaitForRequestsAsync(2);

        var error = await HealthAsync(address.Port, []);

        Assert.Matches(
            @"^Not ready: environment document\(s\) not updated\.\n  a-long-c…: not loaded for [0-9]+ s: GET http://127\.0\.0\.1:[0-9]+/api/v1/environment-document/: returned HTTP 500 \(.+\)$",
            error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Health_TokenConfigured_TheEnvironmentToo(bool hasSocket)
    {
        (string Name, string Value)[] variables = [("SERVER_ADMIN_TOKEN", "token")];
        if (hasSocket)
        {
            variables = [.. variables, ("OPERATORS_UNIX_SOCKET", _directory.Combine("socket"))];
        }

        await using var upstream = await FakeUpstream.StartAsync();
        using var proxy = Start(upstream, variables);
        var address = await proxy.ReadAddressAsync();
        await upstream.WaitForRequestsAsync(1);

        Assert.Contains("a-long-c…: not loaded", await HealthAsync(address.Port, variables), StringComparison.Ordinal);
        Assert.Equal(
            "Not ready: environment document(s) not updated. The environments are listed with the operators' token (server.admin_token).", await HealthAsync(address.Port, []));
    }

    [Fact]
    public async Task Health_NothingListens_InWords()
    {
        var error = await HealthAsync(1, []);

        Assert.Equal("Not ready: connection refused by 127.0.0.1:1. Is the proxy running, with this configuration?", error);
    }

    private static EdgeProxyProcess Start(FakeUpstream upstream, (string Name, string Value)[] variables) => EdgeProxyProcess.Start(
        [
            ("ENVIRONMENT_KEY_PAIRS", """[{"server_side_key":"ser.a-long-key","client_side_key":"a-long-client-key"}]"""),
            ("API_URL", new Uri(upstream.Address, "/api/v1").AbsoluteUri),
            .. variables,
        ],
        "--port", "0", "--host", "127.0.0.1");

    private static async Task<string> HealthAsync(int port, (string Name, string Value)[] variables)
    {
        using var health = EdgeProxyProcess.Start(variables, "health", "--port", $"{port}");
        Assert.Equal(1, await health.ExitAsync());
        return (await health.ReadErrorAsync()).Trim();
    }
}
