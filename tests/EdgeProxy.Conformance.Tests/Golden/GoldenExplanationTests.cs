using System.Text.Json;
using EdgeProxy.Tools.Golden;

namespace EdgeProxy.Conformance.Tests.Golden;

/// <summary>Every recorded request for flags, explained: the explanation has the flags that were recorded.</summary>
public sealed class GoldenExplanationTests(GoldenProxy proxy) : IClassFixture<GoldenProxy>
{
    private const string Flags = "/api/v1/flags/";
    private const string Identities = "/api/v1/identities/";
    private const string Explain = "/proxy/explain";

    public static TheoryData<string> Recordings => GoldenTests.Recordings;

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Explain_RecordedRequest_FlagsAsRecorded(string name)
    {
        var run = new GoldenRun(proxy.Client, isStrict: false);
        foreach (var exchange in Recording.Read(GoldenProxy.PathOf(name)).Exchanges.Where(static exchange => exchange.Status == 200))
        {
            if (TargetOf(exchange.Target) is not { } target)
            {
                continue;
            }

            var (status, body) = await run.SendAsync(exchange with { Target = target });

            Assert.Equal(200, status);
            var explained = FlagsOf(JsonElement.Parse(body));
            var recorded = exchange.Response.ValueKind == JsonValueKind.Array ? exchange.Response : exchange.Response.GetProperty("flags");
            Assert.Equal(recorded.GetArrayLength(), explained.Count);
            Assert.All(recorded.EnumerateArray().Zip(explained), static pair =>
            {
                Assert.Equal(pair.First.GetProperty("feature").GetProperty("name").GetString(), pair.Second.GetProperty("feature").GetString());
                Assert.Equal(pair.First.GetProperty("enabled").GetBoolean(), pair.Second.GetProperty("enabled").GetBoolean());
                Assert.True(JsonElement.DeepEquals(pair.First.GetProperty("feature_state_value"), pair.Second.GetProperty("value")));
                Assert.DoesNotContain("budget", pair.Second.GetProperty("summary").GetString()!, StringComparison.Ordinal);
            });
        }
    }

    private static List<JsonElement> FlagsOf(JsonElement explanation)
    {
        var isServer = explanation.GetProperty("environment").GetProperty("audience").GetString() == "server";
        return [.. explanation.GetProperty("flags").EnumerateArray().Where(flag => isServer || flag.GetProperty("visible").GetProperty("client").GetBoolean())];
    }

    private static string? TargetOf(string target) =>
        target.StartsWith(Identities, StringComparison.Ordinal) ? Explain + target[Identities.Length..]
        : target == Flags ? Explain
        : null;
}
