using System.Text.Json.Nodes;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Commands;

/// <summary><c>edge-proxy environments</c>: the table of a running proxy, and what is said without one.</summary>
public sealed class EnvironmentsCommandTests
{
    private const string Pairs = """[{"server_side_key":"ser.a-long-secret-key","client_side_key":"a-long-client-key"}]""";

    [Fact]
    public async Task Environments_LocalProxy_TableAndErrors()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Behaviour = FakeUpstream.Status(500);
        (string, string)[] variables = [("ENVIRONMENT_KEY_PAIRS", Pairs), ("API_URL", new Uri(upstream.Address, "/api/v1").AbsoluteUri)];
        using var proxy = EdgeProxyProcess.Start(variables, "--demo", "--host", "127.0.0.1", "--port", "0");
        var port = (await proxy.ReadAddressAsync()).Port;
        var output = "";

        await Patience.UntilAsync(
            async () =>
            {
                using var program = EdgeProxyProcess.Start(variables, "environments", "--port", $"{port}");
                Assert.Equal(0, await program.ExitAsync());
                output = await program.ReadOutputAsync();
                return output.Contains("last error at", StringComparison.Ordinal) && output.Contains(" file ", StringComparison.Ordinal); // the origin is recorded after the document is served
            },
            "both environments in the table");

        Assert.Matches(@"^NAME +KEY +KIND +STATUS +SOURCE +UPDATED +AGE +FEATURES +SEGMENTS +OVERRIDES +FAILURES\n", output);
        Assert.Matches(@"(?m)^Demo +de… +offline +ok +file +2026-11-01T12:00:00\S* +[0-9]+ s +[0-9]+ +[0-9]+ +[0-9]+ +0$", output);
        Assert.Matches(@"(?m)^- +a-long-c… +configured +not loaded +- .*[1-9]$", output);
        Assert.Matches(@"(?m)^- \(a-long-c…\): last error at \S+: GET http://\S+: returned HTTP 500", output);
        Assert.DoesNotContain("-key", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environments_AnotherProxy_AskedWithItsToken()
    {
        await using var proxy = await TestProxy.ServeAsync(
            new ProxyOptions { Operators = new OperatorOptions { Token = "operators-only" } }, Documents.Small("a-long-client-key").ToJsonString());
        string[] arguments = ["environments", "--url", proxy.Address.AbsoluteUri];
        using var without = EdgeProxyProcess.Start([], arguments);
        using var with = EdgeProxyProcess.Start([], [.. arguments, "--token", "operators-only", "--json"]);

        Assert.Equal(1, await without.ExitAsync());
        Assert.Contains("returned 401. Operators' paths need the admin token of that proxy", await without.ReadErrorAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await with.ExitAsync());
        Assert.Equal("Test", (string?)JsonNode.Parse(await with.ReadOutputAsync())!["environments"]![0]!["name"]);
    }

    [Fact]
    public async Task Environments_AnotherProxyExemptFromTheForwardProxy_AskedDirectly()
    {
        await using var forward = await FakeUpstream.StartAsync();
        await using var proxy = await TestProxy.ServeAsync(
            new ProxyOptions { Operators = new OperatorOptions { Token = "operators-only" } }, Documents.Small("a-long-client-key").ToJsonString());
        using var program = EdgeProxyProcess.Start(
            [("HTTP_PROXY", forward.Address.AbsoluteUri), ("NO_PROXY", "127.0.0.0/8")],
            "environments", "--url", proxy.Address.AbsoluteUri, "--token", "operators-only");

        Assert.Equal(0, await program.ExitAsync());
        Assert.Empty(forward.Requests);
    }

    [Fact]
    public async Task Environments_AnotherProgram_SaysSo()
    {
        await using var other = await FakeUpstream.StartAsync();
        other.Behaviour = static context => context.Response.WriteAsync("<html>");
        using var program = EdgeProxyProcess.Start([], "environments", "--url", other.Address.AbsoluteUri);

        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("The answer is not that of an EdgeProxy.", await program.ReadErrorAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--url x", "--url x: must be an address")]
    [InlineData("--url http://127.0.0.1:18494", "Nothing answers at http://127.0.0.1:18494/proxy/environments (connection refused by 127.0.0.1:18494)")]
    public async Task Environments_Mistake_SaysWhich(string arguments, string expected)
    {
        using var program = EdgeProxyProcess.Start([], ["environments", .. arguments.Split(' ')]);

        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains(expected, await program.ReadErrorAsync(), StringComparison.Ordinal);
    }
}
