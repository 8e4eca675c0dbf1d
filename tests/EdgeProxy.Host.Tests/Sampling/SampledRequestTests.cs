using System.Text.Json.Nodes;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Tests.Upstream;

namespace EdgeProxy.Host.Tests.Sampling;

/// <summary>docs/spec/changes.md 4: requests of every kind are evaluated with both versions as they were answered.</summary>
public sealed class SampledRequestTests
{
    private const string Beta = """{"identifier":"a\"da","traits":[{"trait_key":"plan","trait_value":"pro"}]}""";

    public static TheoryData<string, string, string?, string, int> Requests => new()
    {
        // method, path, body, key, whether the change of the segment's override is seen
        { "POST", "/api/v1/identities/", Beta, "env", 1 },
        { "POST", "/api/v1/identities/", """{"traits":[{"trait_key":"plan","trait_value":"pro"}]}""", "env", 1 },
        { "POST", "/api/v1/identities/", """{"identifier":"bob","traits":[]}""", "env", 0 },
        { "POST", "/api/v1/identities/", """{"identifier":"olga","traits":[{"trait_key":"plan","trait_value":"pro"}]}""", "env", 0 }, // has an override
        { "GET", "/api/v1/identities/?identifier=a%22da", null, "env", 0 },
        { "POST", "/ofrep/v1/evaluate/flags", """{"context":{"targetingKey":"ada","plan":"pro"}}""", "env", 1 },
        { "POST", "/ofrep/v1/evaluate/flags/plain", """{"context":{"targetingKey":"ada","plan":"pro"}}""", "env", 1 },
        { "POST", "/ofrep/v1/evaluate/flags", """{"context":{"plan":"pro"}}""", "env", 1 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Change_OfAnOverride_SeenByWhomItConcerns(string method, string path, string? body, string key, int changed)
    {
        await using var polled = await StartAsync();
        using var response = await polled.Proxy.SendAsync(new HttpMethod(method), path, key, body);
        Assert.Equal(200, (int)response.StatusCode);

        var impact = await ChangeAsync(polled, static document => document["project"]!["segments"]![0]!["feature_states"]![0]!["feature_state_value"] = "gamma");

        Assert.Equal((1, changed), ((int)impact["sampled_identities"]!, (int)impact["changed_identities"]!));
    }

    [Theory]
    [InlineData("/api/v1/flags/", null)]
    [InlineData("/api/v1/identities/", """{"traits":[]}""")] // another identity each time
    [InlineData("/ofrep/v1/evaluate/flags", "{}")]
    public async Task Request_WithoutIdentity_NotSampled(string path, string? body)
    {
        await using var polled = await StartAsync();
        using var response = await polled.Proxy.SendAsync(body is null ? HttpMethod.Get : HttpMethod.Post, path, "env", body);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(0, polled.Environment.Sample!.Count);
    }

    [Theory]
    [InlineData("env", 0)]
    [InlineData("ser.env", 1)]
    public async Task Change_OfAFeatureForServers_SeenByServersOnly(string key, int changed)
    {
        await using var polled = await StartAsync();
        using var response = await polled.Proxy.SendAsync(HttpMethod.Post, "/api/v1/identities/", key, Beta);

        var impact = await ChangeAsync(polled, static document => document["feature_states"]![2]!["feature_state_value"] = 8);

        Assert.Equal(changed, (int)impact["changed_identities"]!);
    }

    [Fact]
    public async Task Change_ClientTraitsNoLongerUsed_SeenByClients()
    {
        await using var polled = await StartAsync();
        await polled.Proxy.PostIdentityAsync("env", Beta);

        var impact = await ChangeAsync(polled, static document => document["allow_client_traits"] = false);

        Assert.Equal("targeted", (string?)Assert.Single(impact["features"]!.AsArray())!["feature"]);
    }

    private static Task<PolledProxy> StartAsync() =>
        PolledProxy.StartAsync(configure: static options => options with { Changes = new ChangeOptions { SampleIdentities = 10 } });

    private static async Task<JsonNode> ChangeAsync(PolledProxy polled, Action<JsonObject> change)
    {
        await polled.Proxy.Publisher.PublishAsync(polled.Environment, PolledProxy.Document("first", change), CancellationToken.None);
        await polled.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.ContentChanged);
        return JsonNode.Parse(await polled.Proxy.Client.GetStringAsync("/proxy/environments/env/changes"))!["changes"]![0]!["impact"]!;
    }
}
