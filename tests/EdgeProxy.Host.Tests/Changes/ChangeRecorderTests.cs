using System.Text.Json.Nodes;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Changes;

/// <summary>docs/spec/changes.md 2: what is said and kept of changes.</summary>
public sealed class ChangeRecorderTests
{
    private const string Path = "/proxy/environments/env/changes";

    [Fact]
    public async Task Change_Published_LoggedAndListed()
    {
        await using var polled = await PolledProxy.StartAsync();
        Assert.Empty((await ListAsync(polled))["changes"]!.AsArray()); // the first document is no change
        var before = polled.Environment.Current!.Document.Version;

        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second", static document =>
        {
            document["feature_states"]![1]!["enabled"] = true;
            document["updated_at"] = "2026-11-02T12:00:00Z";
        }));
        await polled.PollAsync();
        var entry = await polled.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.ContentChanged);
        await Patience.UntilAsync(
            () => polled.Proxy.Log.Entries.Count(static entry => entry.EventId == EventIds.ContentDifference) >= 2, "both differences, which are logged after the summary");

        Assert.Equal(LogLevel.Information, entry.Level);
        Assert.Equal("Environment 'Test' (e…) changed: 2 features changed", entry.Message);
        Assert.Equal(
            ["Environment 'Test' (e…) changed: feature 'plain': value \"first\" → \"second\"", "Environment 'Test' (e…) changed: feature 'off': switched off → on"],
            polled.Proxy.Log.Entries.Where(static entry => entry.EventId == EventIds.ContentDifference).Select(static entry => entry.Message));
        var listed = await ListAsync(polled);
        Assert.Equal("Test", (string?)listed["name"]);
        Assert.Equal("e…", (string?)listed["client_side_key"]);
        var change = Assert.Single(listed["changes"]!.AsArray())!;
        Assert.Equal(before, (string?)change["previous_version"]);
        Assert.Equal(polled.Environment.Current!.Document.Version, (string?)change["version"]);
        Assert.Equal("upstream", (string?)change["source"]);
        Assert.Equal(polled.Time.GetUtcNow(), (DateTimeOffset)change["served_since"]!);
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 12, 0, 0, TimeSpan.Zero), (DateTimeOffset)change["updated_at"]!);
        Assert.Equal("2 features changed", (string?)change["summary"]);
        Assert.Equal(2, (int)change["count"]!);
        Assert.Equal(
            """{"kind":"enabled","feature":"off","segment":null,"before":"off","after":"on","text":"feature 'off': switched off → on"}""",
            System.Text.RegularExpressions.Regex.Unescape(change["differences"]![1]!.ToJsonString()));
    }

    [Fact]
    public async Task Change_TooLittleMemoryToCompare_ServedAndSaid()
    {
        await using var polled = await PolledProxy.StartAsync();
        var services = polled.Proxy.Services;
        var log = new LogCollector();
        using var factory = new LoggerFactory([log]);
        using var recorder = new ChangeRecorder(
            polled.Proxy.Publisher, services.GetRequiredService<CompilationQueue>(), services.GetRequiredService<ChangeHistory>(), new MemoryLimit(1_000_000, "the limit of the test"),
            factory.CreateLogger<ChangeRecorder>());
        await recorder.StartAsync(CancellationToken.None);

        await polled.Proxy.Publisher.PublishAsync(
            polled.Environment, PolledProxy.Document("second", static document => document["feature_states"]![1]!["enabled"] = true), CancellationToken.None);

        var entry = await log.WaitForAsync(static entry => entry.EventId == EventIds.ContentNotCompared);
        Assert.Contains("may need", entry.Message, StringComparison.Ordinal);
        Assert.Contains("(the limit of the test)", entry.Message, StringComparison.Ordinal);
        await recorder.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Changes_Many_TheLatestHundredOfFifty()
    {
        await using var polled = await PolledProxy.StartAsync(prepare: static upstream => upstream.SetDocument("ser.env", Document(0)));
        for (var version = 1; version <= 101; version++)
        {
            await polled.Proxy.Publisher.PublishAsync(polled.Environment, Document(version), CancellationToken.None);
        }

        await Patience.UntilAsync(
            () => polled.Proxy.Log.Entries.Count(static entry => entry.EventId == EventIds.ContentChanged) == 101, "all changes to be compared");
        var changes = (await ListAsync(polled))["changes"]!.AsArray();

        Assert.Equal(100, changes.Count);
        Assert.Equal(polled.Environment.Current!.Document.Version, (string?)changes[0]!["version"]);
        Assert.All(changes, static change => Assert.Equal((60, 50), ((int)change!["count"]!, change["differences"]!.AsArray().Count)));

        static byte[] Document(int version) => PolledProxy.Document("x", document => document["feature_states"] = new JsonArray(
            [.. Enumerable.Range(1, 60).Select(number => Documents.State(number, $"feature {number}", true, version))]));
    }

    [Fact]
    public async Task Change_FromTheStore_OriginOfItsDocumentWhateverIsKnownOfTheEnvironment()
    {
        await using var polled = await PolledProxy.StartAsync();
        await polled.Proxy.Publisher.PublishAsync(polled.Environment, PolledProxy.Document("second"), DocumentOrigin.Store, CancellationToken.None);
        await polled.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.ContentChanged);

        Assert.Equal(DocumentOrigin.Upstream, polled.Freshness.Origin); // that of the last fetch, which is set later
        Assert.Equal("store", (string?)(await ListAsync(polled))["changes"]![0]!["source"]);
    }

    [Theory]
    [InlineData("Test")]
    [InlineData("e%E2%80%A6")]
    public async Task Get_ByNameOrMaskedKey_Listed(string name)
    {
        await using var polled = await PolledProxy.StartAsync();

        Assert.Contains("\"name\":\"Test\"", await polled.Proxy.Client.GetStringAsync($"/proxy/environments/{name}/changes"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/proxy/environments/unknown/changes")]
    [InlineData("/proxy/environments/ser.env/changes")]
    public async Task Get_NoClientSideKey_404(string path)
    {
        await using var polled = await PolledProxy.StartAsync();
        using var response = await polled.Proxy.Client.GetAsync(path);

        Assert.Equal(404, (int)response.StatusCode);
    }

    [Fact]
    public async Task Get_NoOperator_Rejected()
    {
        await using var polled = await PolledProxy.StartAsync(configure: static options => options with { Operators = new OperatorOptions { Token = "token" } });
        using var response = await polled.Proxy.Client.GetAsync(Path);
        using var allowed = await polled.Proxy.SendAsync(HttpMethod.Get, Path, null, null, ("Authorization", "Bearer token"));

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal(200, (int)allowed.StatusCode);
    }

    private static async Task<JsonNode> ListAsync(PolledProxy polled) => JsonNode.Parse(await polled.Proxy.Client.GetStringAsync(Path))!;
}
