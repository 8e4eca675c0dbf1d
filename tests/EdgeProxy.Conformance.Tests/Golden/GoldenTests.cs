using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Tools.Golden;

namespace EdgeProxy.Conformance.Tests.Golden;

/// <summary>Every recorded request is answered as it was recorded: status, and body by value.</summary>
public sealed class GoldenTests(GoldenProxy proxy) : IClassFixture<GoldenProxy>
{
    public static TheoryData<string> Recordings => [.. GoldenProxy.Recordings.Select(static path => Path.GetFileName(path))];

    [Fact]
    public void Recordings_AllThere()
    {
        Assert.Equal(70, GoldenProxy.Recordings.Count);
        Assert.Equal(3618, GoldenProxy.Recordings.Sum(static path => Recording.Read(path).Exchanges.Count));
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Send_RecordedRequest_AnsweredAlikeButForDetails(string name)
    {
        var failures = new List<string>();

        await new GoldenRun(proxy.Client, isStrict: false).CheckAsync(Recording.Read(GoldenProxy.PathOf(name)), failures.Add);

        Assert.Empty(failures);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Send_RecordedRequestWithoutDetails_AnsweredAlike(string name)
    {
        var failures = new List<string>();

        await new GoldenRun(proxy.ClientWithoutDetails, isStrict: true).CheckAsync(Recording.Read(GoldenProxy.PathOf(name)), failures.Add);

        Assert.Empty(failures);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Send_RecordedIdentity_VariantAndReasonOfTheEngine(string name)
    {
        var recording = Recording.Read(GoldenProxy.PathOf(name));
        var (snapshot, _) = EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(recording.Document));
        foreach (var exchange in recording.Exchanges.Where(static exchange =>
            exchange.Status == 200 && exchange.Target.StartsWith("/api/v1/identities/", StringComparison.Ordinal)))
        {
            var (_, body) = await new GoldenRun(proxy.Client, isStrict: false).SendAsync(exchange);
            var answer = JsonElement.Parse(body);
            Assert.All(answer.GetProperty("flags").EnumerateArray(), static flag => Assert.True(flag.TryGetProperty("variant", out _) && flag.TryGetProperty("reason", out _)));
            if (snapshot.HideSensitiveData)
            {
                continue; // whose traits they were, the answer does not say
            }

            var results = snapshot.Evaluate(IdentityOf(answer)).Flags;
            Assert.All(answer.GetProperty("flags").EnumerateArray(), flag =>
            {
                var result = results[flag.GetProperty("feature").GetProperty("name").GetString()!];
                Assert.Equal(result.Variant, flag.GetProperty("variant").GetString());
                Assert.Equal(
                    exchange.Key == recording.ServerKey ? result.Reason : result.Reason.Split(';')[0], flag.GetProperty("reason").GetString());
                Assert.Equal((result.Metadata as JsonElement?)?.GetRawText(), flag.TryGetProperty("metadata", out var metadata) ? metadata.GetRawText() : null);
            });
        }
    }

    private static Identity IdentityOf(JsonElement answer)
    {
        var traits = new Dictionary<string, ScalarValue>(StringComparer.Ordinal);
        foreach (var trait in answer.GetProperty("traits").EnumerateArray())
        {
            var value = trait.GetProperty("trait_value");
            traits[trait.GetProperty("trait_key").GetString()!] = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => ScalarValue.FromJsonNumber(value.GetRawText()),
                JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
                _ => ScalarValue.Null,
            };
        }

        return new Identity(answer.GetProperty("identifier").GetString()!) { Traits = traits };
    }
}
