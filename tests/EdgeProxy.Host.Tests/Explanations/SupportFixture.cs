using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Explanations;

/// <summary>A proxy that serves the environments of <see cref="SupportDocument"/> and of another one, Staging.</summary>
public sealed class SupportFixture : IAsyncLifetime
{
    /// <summary>The key of the environment Staging, which has none of the features.</summary>
    public const string OtherKey = "staging-environment-key";

    internal TestProxy Proxy { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var other = Documents.Small(OtherKey);
        other["name"] = "Staging";
        Proxy = await TestProxy.ServeAsync(SupportDocument.Create(), other.ToJsonString());
    }

    public async Task DisposeAsync() => await Proxy.DisposeAsync();

    /// <summary>Asks, and returns status and answer.</summary>
    internal async Task<(int Status, JsonNode Answer)> AskAsync(string body, string query = "", string key = SupportDocument.Key)
    {
        using var response = await Proxy.SendAsync(HttpMethod.Post, $"/proxy/explain{query}", key, body);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Asks about one feature, and returns its flag.</summary>
    internal async Task<JsonNode> FlagAsync(string feature, string body, string query = "")
    {
        var (status, answer) = await AskAsync(body, $"?feature={feature}{query}");
        Assert.Equal(200, status);
        return Assert.Single(answer["flags"]!.AsArray())!;
    }
}
