using System.Text.Json.Nodes;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <summary><c>edge-proxy explain</c>: over a file, the demo, the API, and by a running proxy.</summary>
public sealed class ExplainCommandTests : IDisposable
{
    private const string Key = "a-client-side-key";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Explain_Demo_TreeForPeople()
    {
        using var program = EdgeProxyProcess.Start([], "explain", "--demo", "--identifier", "ada", "--trait", "plan=enterprise", "--feature", "dashboard");

        Assert.Equal(0, await program.ExitAsync());
        Assert.Equal(
            """
            Demo (de…), document of 2026-11-01T12:00:00+00:00, as server
            ada, plan="enterprise"

            dashboard: on with "insights": segment big_customers matches (plan "enterprise" is one of enterprise, scale-up)
              ✗ identity override: no override for "ada"
              ✓ segment big_customers (priority 0): it matches (plan "enterprise" is one of enterprise, scale-up)
                ✓ ALL
                  ✓ ALL
            """.ReplaceLineEndings(),
            string.Join(Environment.NewLine, (await program.ReadOutputAsync()).ReplaceLineEndings().Split(Environment.NewLine).Take(8)));
    }

    [Fact]
    public async Task Explain_FileAndJson_AnswerOfTheEndpoint()
    {
        var file = _directory.Combine("document.json");
        await File.WriteAllTextAsync(file, Documents.Small(Key).ToJsonString());
        using var program = EdgeProxyProcess.Start([], "explain", "--environment-document", file, "--identifier", "ada", "--trait", "plan=pro", "--trait", "seats=7", "--trait", "id=\"7\"", "--json", "--key", Key);

        Assert.Equal(0, await program.ExitAsync());
        var answer = JsonNode.Parse(await program.ReadOutputAsync())!;
        Assert.Equal("client", (string?)answer["environment"]!["audience"]);
        Assert.Equal(["\"pro\"", "7", "\"7\""], answer["identity"]!["traits"]!.AsArray().Select(static trait => trait!["trait_value"]!.ToJsonString()));
        Assert.Equal("beta", (string?)answer["flags"]![3]!["value"]);
    }

    [Fact]
    public async Task Explain_FileOfAnEnvironmentThatIsConfigured_Explained()
    {
        var file = _directory.Combine("document.json");
        await File.WriteAllTextAsync(file, Documents.Small(Key).ToJsonString());
        var pairs = $$"""[{"server_side_key":"ser.{{Key}}","client_side_key":"{{Key}}"}]""";
        using var program = EdgeProxyProcess.Start([("ENVIRONMENT_KEY_PAIRS", pairs)], "explain", "--environment-document", file, "--feature", "plain");

        Assert.Equal(0, await program.ExitAsync());
        Assert.Contains("plain: on with \"blue\"", await program.ReadOutputAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_RunningProxy_AskedWithKeyAndToken()
    {
        await using var proxy = await TestProxy.ServeAsync(
            new ProxyOptions { Operators = new OperatorOptions { Token = "operators-only" } }, Documents.Small(Key).ToJsonString());
        string[] arguments = ["explain", "--url", proxy.Address.ToString(), "--key", $"ser.{Key}", "--identifier", "olga", "--feature", "targeted"];
        using var without = EdgeProxyProcess.Start([], arguments);
        using var with = EdgeProxyProcess.Start([], [.. arguments, "--token", "operators-only"]);

        Assert.Equal(1, await without.ExitAsync());
        Assert.Contains("answered 401", await without.ReadErrorAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await with.ExitAsync());
        Assert.Contains("targeted: on with \"own\": \"olga\" has an override of its own", await with.ReadOutputAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_RunningProxyExemptFromTheForwardProxy_AskedDirectly()
    {
        await using var forward = await FakeUpstream.StartAsync();
        await using var proxy = await TestProxy.ServeAsync(
            new ProxyOptions { Operators = new OperatorOptions { Token = "operators-only" } }, Documents.Small(Key).ToJsonString());
        using var program = EdgeProxyProcess.Start(
            [("HTTP_PROXY", forward.Address.AbsoluteUri), ("NO_PROXY", "127.0.0.0/8")],
            "explain", "--url", proxy.Address.ToString(), "--key", $"ser.{Key}", "--token", "operators-only", "--identifier", "olga", "--feature", "targeted");

        Assert.Equal(0, await program.ExitAsync());
        Assert.Empty(forward.Requests);
    }

    [Fact]
    public async Task Explain_Online_FetchesTheDocument()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument($"ser.{Key}", System.Text.Encoding.UTF8.GetBytes(Documents.Small(Key).ToJsonString()));
        var pairs = $$"""[{"server_side_key":"ser.{{Key}}","client_side_key":"{{Key}}"}]""";
        using var program = EdgeProxyProcess.Start(
            [("API_URL", new Uri(upstream.Address, "/api/v1").ToString()), ("ENVIRONMENT_KEY_PAIRS", pairs)], "explain", "--online", "--feature", "plain");

        Assert.Equal(0, await program.ExitAsync());
        Assert.Contains("plain: on with \"blue\": the setting of the environment, which nothing overrides", await program.ReadOutputAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--demo --trait plan=pro", "--trait: needs --identifier.")]
    [InlineData("--demo --identifier a --trait plan", "--trait plan: must be NAME=VALUE.")]
    [InlineData("--demo --feature nothing", "Environment 'Demo' has no feature 'nothing'.")]
    [InlineData("--demo --key another-key", "no document has this key")]
    [InlineData("--url x", "must be an address")]
    [InlineData("--url http://127.0.0.1:1 --key k", "Nothing answers at http://127.0.0.1:1/proxy/explain")]
    [InlineData("", "--key: needed")]
    public async Task Explain_Mistake_SaysWhich(string arguments, string expected)
    {
        using var program = EdgeProxyProcess.Start([], ["explain", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains(expected, await program.ReadErrorAsync(), StringComparison.Ordinal);
        Assert.Equal("", await program.ReadOutputAsync());
    }

    [Fact]
    public async Task Explain_EmptyIdentifier_Mistake()
    {
        // As from a script whose variable is not set: a request without an identifier is that of another identity each time.
        using var program = EdgeProxyProcess.Start([], "explain", "--demo", "--identifier", "");

        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("--identifier: must not be empty.", await program.ReadErrorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_TraitsThatClientsMayNotSend_ShownAndIgnored()
    {
        var file = _directory.Combine("document.json");
        var document = Documents.Small(Key);
        document["allow_client_traits"] = false;
        await File.WriteAllTextAsync(file, document.ToJsonString());
        using var program = EdgeProxyProcess.Start(
            [], "explain", "--environment-document", file, "--key", Key, "--identifier", "ada", "--trait", "plan=pro", "--feature", "targeted");

        Assert.Equal(0, await program.ExitAsync());
        var output = await program.ReadOutputAsync();
        Assert.Contains("ada, plan=\"pro\"", output, StringComparison.Ordinal);
        Assert.Contains("traits are ignored: allow_client_traits is false, and the key is a client-side key", output, StringComparison.Ordinal);
        Assert.Contains("segment pros does not match (plan was not sent)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_HostileNames_NoTerminalEscapes()
    {
        var file = _directory.Combine("document.json");
        var document = Documents.Small(Key);
        document["feature_states"]![0]!["feature_state_value"] = "\u001b[2Jboo\nhoo";
        await File.WriteAllTextAsync(file, document.ToJsonString());
        using var program = EdgeProxyProcess.Start([], "explain", "--environment-document", file, "--feature", "plain");

        Assert.Equal(0, await program.ExitAsync());
        Assert.Contains("\\u001b[2Jboo\\u000ahoo", await program.ReadOutputAsync(), StringComparison.Ordinal);
    }
}
