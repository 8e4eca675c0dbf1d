using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Analytics;

/// <summary>Evaluations by identity and state (docs/spec/analytics.md 1.4 and 2.1).</summary>
public sealed class EvaluationAnalyticsTests
{
    private const string Entry = """{"feature_name":"plain","identity_identifier":"bob","enabled_when_evaluated":true,"count":1}""";

    [Theory]
    [InlineData($$"""{"evaluations":[{{Entry}}]}""", 204, "")]
    [InlineData("""{"evaluations":[]}""", 204, "")]
    [InlineData("\uFEFF{\"evaluations\":[]}", 204, "")]
    [InlineData("""{"evaluations":[{"feature_name":"unknown","enabled_when_evaluated":false,"count":0,"more":1}]}""", 204, "")]
    [InlineData("{}", 400, """{"evaluations":["This field is required."]}""")]
    [InlineData("""{"evaluations":null}""", 400, """{"evaluations":["This field may not be null."]}""")]
    [InlineData("""{"evaluations":{}}""", 400, """{"evaluations":["Expected a list of items."]}""")]
    [InlineData("[]", 400, """{"non_field_errors":["Expected a JSON object."]}""")]
    [InlineData("null", 400, """{"non_field_errors":["Expected a JSON object."]}""")]
    [InlineData("{", 400, """{"non_field_errors":["Expected a JSON object."]}""")]
    [InlineData("", 400, """{"non_field_errors":["Expected a JSON object."]}""")]
    [InlineData("""{"\ud800 in a long name":1}""", 400, """{"non_field_errors":["Expected a JSON object."]}""")]
    [InlineData("""{"evaluations":[1]}""", 400, """{"evaluations":[{"non_field_errors":["Expected a JSON object."]}]}""")]
    [InlineData($$"""{"evaluations":[{{Entry}},{"enabled_when_evaluated":true,"count":1}]}""", 400, """{"evaluations":[{},{"feature_name":["This field is required."]}]}""")]
    [InlineData("""{"evaluations":[{"feature_name":1,"enabled_when_evaluated":true,"count":1}]}""", 400, """{"evaluations":[{"feature_name":["Not a valid string."]}]}""")]
    [InlineData("""{"evaluations":[{"feature_name":"\ud800","enabled_when_evaluated":true,"count":1}]}""", 400, """{"evaluations":[{"feature_name":["Not a valid string."]}]}""")]
    [InlineData("""{"evaluations":[{"feature_name":"plain","count":1}]}""", 400, """{"evaluations":[{"enabled_when_evaluated":["This field is required."]}]}""")]
    [InlineData("""{"evaluations":[{"feature_name":"plain","enabled_when_evaluated":"true","count":1}]}""", 400, """{"evaluations":[{"enabled_when_evaluated":["Must be a valid boolean."]}]}""")]
    [InlineData("""{"evaluations":[{"feature_name":"plain","enabled_when_evaluated":null,"count":1}]}""", 400, """{"evaluations":[{"enabled_when_evaluated":["This field may not be null."]}]}""")]
    [InlineData("""{"evaluations":[{"feature_name":"plain","enabled_when_evaluated":true}]}""", 400, """{"evaluations":[{"count":["This field is required."]}]}""")]
    [InlineData("""{"evaluations":[{"feature_name":"plain","enabled_when_evaluated":true,"count":1.5}]}""", 400, """{"evaluations":[{"count":["A valid integer is required."]}]}""")]
    [InlineData("""{"evaluations":[{"feature_name":"plain","enabled_when_evaluated":true,"count":"1"}]}""", 400, """{"evaluations":[{"count":["A valid integer is required."]}]}""")]
    [InlineData("""{"evaluations":[{"feature_name":"plain","identity_identifier":7,"enabled_when_evaluated":true,"count":1}]}""", 400, """{"evaluations":[{"identity_identifier":["Not a valid string."]}]}""")]
    public async Task Post_AnyBody_StatusAndBodyAsSpecified(string body, int status, string expected)
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await using var connection = await RawConnection.OpenAsync(fixture.Proxy.Address);
        foreach (var key in (string[])["a", "ser.a"])
        {
            foreach (var path in (string[])[AnalyticsProxy.EvaluationsPath, AnalyticsProxy.EvaluationsPath.TrimEnd('/')])
            {
                var response = await connection.PostAsync(path, key, Encoding.UTF8.GetBytes(body));
                Assert.Equal((status, expected), (response.Status, response.Body));
                Assert.Equal(status == 400, connection.LatestHead.Contains("Content-Type: application/json"));
            }
        }
    }

    [Theory]
    [InlineData(2000, 204)]
    [InlineData(2001, 400)]
    public async Task Post_LongIdentifier_UpTo2000Characters(int length, int status)
    {
        await using var fixture = await AnalyticsProxy.StartAsync();

        using var response = await PostAsync(fixture, "a", ("plain", new string('é', length), true, 1));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(
            status == 204 ? "" : """{"evaluations":[{"identity_identifier":["Ensure this field has no more than 2000 characters."]}]}""",
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nobody")]
    public async Task Post_KeyOfNoEnvironment_401(string? key)
    {
        await using var fixture = await AnalyticsProxy.StartAsync();

        using var response = await fixture.Proxy.SendAsync(HttpMethod.Post, AnalyticsProxy.EvaluationsPath, key, """{"evaluations":[]}""");

        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task Flush_SeveralRequests_OneRequestWithTheSums()
    {
        await using var fixture = await AnalyticsProxy.StartAsync();
        await PostAsync(fixture, "a", ("plain", "bob", true, 1), ("plain", "bob", false, 2), ("PLAIN", "bob", true, 4), ("plain", null, true, 8), ("unknown", "bob", true, 16));
        await PostAsync(fixture, "ser.a", ("plain", "bob", true, 32), ("off", "bob", true, 0));

        await fixture.UntilAsync(() => fixture.Evaluations.Count > 0, "the evaluations");

        var report = Assert.Single(fixture.Evaluations);
        Assert.Equal(["plain bob False 2", "plain bob True 37", "plain null True 8"], Describe(report));
        Assert.Equal("a", report.Header("X-Environment-Key"));
        Assert.Empty(fixture.Reports);
    }

    [Fact]
    public async Task Flush_UpstreamFailsForAWhile_EverythingOnceAndNothingOnDisk()
    {
        using var directory = new TemporaryDirectory();
        await using var fixture = await AnalyticsProxy.StartAsync(options => options with { Persistence = new PersistenceOptions { SnapshotDirectory = directory.Path } });
        fixture.Answer = FakeUpstream.Status(503);
        await PostAsync(fixture, "a", ("plain", "somebody-personal", true, 1));
        await fixture.UntilAsync(() => fixture.Evaluations.Count == 1, "the first attempt");
        await PostAsync(fixture, "a", ("plain", "somebody-personal", true, 2));
        await fixture.UntilAsync(() => fixture.Evaluations.Count == 2, "the second attempt");
        Assert.All(Directory.GetFiles(directory.Path), static file => Assert.DoesNotContain("somebody-personal", File.ReadAllText(file), StringComparison.Ordinal));

        fixture.Answer = null;
        await fixture.UntilAsync(() => fixture.Evaluations.Count == 3, "the third attempt");

        Assert.Equal(["plain somebody-personal True 3"], Describe(fixture.Evaluations[2]));
        Assert.DoesNotContain(fixture.Proxy.Log.Entries, static entry => entry.Message.Contains("somebody-personal", StringComparison.Ordinal));
        await fixture.Proxy.StopAsync();
        Assert.All(Directory.GetFiles(directory.Path), static file => Assert.DoesNotContain("somebody-personal", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Flush_ApiWithoutVersion_SentAsSums()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var fixture = await AnalyticsProxy.StartAsync(options => options with { Upstream = options.Upstream with { ApiUrl = new Uri(upstream.Address, "/flags-api") } }, isLoaded: false);
        upstream.Behaviour = static context => Task.CompletedTask;
        await PostAsync(fixture, "a", ("plain", "bob", true, 1), ("plain", "ann", false, 2));

        await fixture.UntilAsync(() => upstream.Requests.Any(static request => request.Method == "POST"), "the sums");

        var report = Assert.Single(upstream.Requests, static request => request.Method == "POST");
        Assert.Equal(("/flags-api/analytics/flags/", "plain=3"), (report.Target, AnalyticsProxy.Sums(report)));
    }

    [Fact]
    public void Add_AMillionIdentifiers_TenThousandAreHeldAndTheRestCountedWithout()
    {
        var counts = new EvaluationCounts();
        for (var i = 0; i < 1_000_000; i++)
        {
            Assert.True(counts.TryAdd(new EvaluationKey("plain", $"identity {i}", true), 1, isFeature: true));
        }

        Assert.InRange(counts.Combinations, EvaluationCounts.MaxCombinations, EvaluationCounts.MaxCombinations + 1);
        Assert.Equal(1_000_000, counts.Waiting);
        Assert.Equal(1_000_000, counts.Take(FlagCounts.MaxCount).Sum(static entry => entry.Value));
        Assert.Equal((0, 0), (counts.Combinations, counts.Waiting));
    }

    [Fact]
    public void Add_LongIdentifiers_HeldUpToALimitOfCharacters()
    {
        var counts = new EvaluationCounts();
        for (var i = 0; i < 9_000; i++)
        {
            counts.TryAdd(new EvaluationKey("plain", $"{i}{new string('x', 1990)}", true), 1, isFeature: true);
        }

        Assert.InRange(counts.Combinations, 2_000, 1 + (EvaluationCounts.MaxCharacters / 1990));
        Assert.Equal(9_000, counts.Waiting);
    }

    [Fact]
    public void Add_AMillionNamesBeforeTheDocumentIsLoaded_TenThousandAreHeld()
    {
        var counts = new EvaluationCounts();
        var held = 0;
        for (var i = 0; i < 1_000_000; i++)
        {
            held += counts.TryAdd(new EvaluationKey($"feature {i}", null, true), 1, isFeature: false) ? 1 : 0;
        }

        Assert.Equal((EvaluationCounts.MaxCombinations, EvaluationCounts.MaxCombinations), (held, counts.Combinations));
    }

    [Fact]
    public async Task Add_WhileTakenAndAddedBack_NothingLostOrCountedTwice()
    {
        var counts = new EvaluationCounts();
        const int Rounds = 50_000;
        var isOver = false;
        var adding = Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                counts.TryAdd(new EvaluationKey($"{i % 7}", $"{worker} {i % 5}", i % 2 == 0), 1, isFeature: true);
            }
        })));
        var taking = Task.Run(() =>
        {
            var sum = 0L;
            var batches = 0;
            while (!Volatile.Read(ref isOver))
            {
                foreach (var entries in counts.Take(FlagCounts.MaxCount).Chunk(3))
                {
                    var batch = new EvaluationBatch(entries);
                    if (batches++ % 3 == 0)
                    {
                        counts.AddBack(batch);
                        break;
                    }

                    sum += batch.Evaluations;
                }
            }

            return sum;
        });
        await adding;
        Volatile.Write(ref isOver, true);

        Assert.Equal(4 * Rounds, await taking + counts.Waiting);
        Assert.Equal(counts.Combinations, counts.Take(FlagCounts.MaxCount).Count());
    }

    private static IEnumerable<string> Describe(RecordedRequest report) => JsonDocument.Parse(report.Body).RootElement.GetProperty("evaluations").EnumerateArray()
        .Select(static entry =>
            $"{entry.GetProperty("feature_name")} {entry.GetProperty("identity_identifier").GetString() ?? "null"} {entry.GetProperty("enabled_when_evaluated")} {entry.GetProperty("count")}")
        .Order(StringComparer.Ordinal);

    private static Task<HttpResponseMessage> PostAsync(AnalyticsProxy fixture, string key, params (string Feature, string? Identifier, bool IsEnabled, int Count)[] entries) =>
        fixture.Proxy.SendAsync(HttpMethod.Post, AnalyticsProxy.EvaluationsPath, key, JsonSerializer.Serialize(new
        {
            evaluations = entries.Select(static entry => new
            {
                feature_name = entry.Feature,
                identity_identifier = entry.Identifier,
                enabled_when_evaluated = entry.IsEnabled,
                count = entry.Count,
            }),
        }));
}
