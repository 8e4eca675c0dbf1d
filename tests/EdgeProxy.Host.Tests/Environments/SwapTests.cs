using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Environments;

/// <summary>While versions are swapped, each answer is of one version.</summary>
public sealed class SwapTests
{
    private const int Features = 40;
    private const int Clients = 4;
    private const int RequestsEach = 400;
    private const int Swaps = 100;

    [Fact]
    public async Task Swap_UnderLoad_NoAnswerMixesTwoVersions()
    {
        // The versions differ in everything a frame or a buffer could carry over: values, lengths, segments, slots.
        PublishedEnvironment[] versions = [Version(1), Version(2), Version(3)];
        await using var proxy = await TestProxy.ServeAsync(Document(1).ToJsonString());
        var environment = proxy.Registry.Environments[0];
        using var done = new CancellationTokenSource();
        var swaps = 0;
        var swapping = Task.Run(() =>
        {
            for (; !done.IsCancellationRequested; swaps++)
            {
                environment.Publish(versions[swaps % versions.Length]);
                Thread.Yield();
            }
        });

        var seen = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => AskAsync(proxy, () => Volatile.Read(ref swaps)))));
        await done.CancelAsync();
        await swapping;

        Assert.Equal(["1", "2", "3"], seen.SelectMany(static versions => versions).Distinct().Order());
    }

    /// <summary>Asks so many times, and as long as it takes for so many swaps: how often whoever swaps gets its turn is the machine's.</summary>
    private static async Task<HashSet<string>> AskAsync(TestProxy proxy, Func<int> swaps)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < RequestsEach || swaps() < Swaps; i++)
        {
            var body = i % 2 == 0
                ? await proxy.PostIdentityAsync("env", """{"identifier":"bob","traits":[{"trait_key":"trait 1","trait_value":"x"},{"trait_key":"trait 2","trait_value":"x"},{"trait_key":"trait 3","trait_value":"x"}]}""")
                : await proxy.GetAsync("/api/v1/flags/", "ser.env");
            var flags = (i % 2 == 0 ? JsonNode.Parse(body)!["flags"]! : JsonNode.Parse(body)!).AsArray();
            var versions = flags.Select(static flag => ((string)flag!["feature_state_value"]!).Split(' ')[0]).Distinct();
            seen.Add(Assert.Single(versions));
        }

        return seen;
    }

    private static PublishedEnvironment Version(int version)
    {
        var document = Encoding.UTF8.GetBytes(Document(version).ToJsonString());
        return new PublishedEnvironment(document, EnvironmentCompiler.Compile(document).Snapshot, DateTimeOffset.UnixEpoch);
    }

    private static JsonObject Document(int version)
    {
        var document = Documents.Small("env");
        var states = Enumerable.Range(0, Features * version).Select(i => Documents.State(i, $"f{i}", true, $"{version} own")).ToArray<JsonNode?>();
        document["feature_states"] = new JsonArray(states);
        document["project"]!["server_key_only_feature_ids"] = new JsonArray();
        var segment = document["project"]!["segments"]![0]!.AsObject();
        segment["rules"]![0]!["conditions"]![0]!["property_"] = $"trait {version}";
        segment["rules"]![0]!["conditions"]![0]!["value"] = "x";
        segment["feature_states"] = new JsonArray(
            [.. Enumerable.Range(0, Features / version).Select(i => Documents.State(i, $"f{i}", true, $"{version} overridden {new string('x', version * 10)}"))]);
        return document;
    }
}
