using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Ofrep;

/// <summary>A proxy that serves <see cref="OfrepDocument"/>, or another document, to OpenFeature providers.</summary>
internal sealed class OfrepProxy : IAsyncDisposable
{
    private const string Bulk = "/ofrep/v1/evaluate/flags";

    private OfrepProxy(TestProxy proxy)
    {
        Proxy = proxy;
    }

    /// <summary>The proxy.</summary>
    public TestProxy Proxy { get; }

    /// <summary>Starts one.</summary>
    public static async Task<OfrepProxy> StartAsync(JsonObject? document = null, OfrepOptions? options = null) =>
        new(await TestProxy.ServeAsync(new ProxyOptions { Ofrep = options ?? new() }, (document ?? OfrepDocument.Create()).ToJsonString()));

    /// <summary>Sends a request for one flag.</summary>
    /// <param name="key">The key of the environment.</param>
    /// <param name="flag">The key of the flag as it stands in the path.</param>
    /// <param name="body">The body.</param>
    /// <param name="headers">More headers.</param>
    public Task<HttpResponseMessage> SendAsync(string key, string flag, string body, params (string Name, string Value)[] headers) =>
        Proxy.SendAsync(HttpMethod.Post, flag.Length == 0 ? Bulk : $"{Bulk}/{flag}", key, body, headers);

    /// <summary>Sends a request for all flags.</summary>
    public Task<HttpResponseMessage> SendAllAsync(string key, string body, params (string Name, string Value)[] headers) => SendAsync(key, "", body, headers);

    /// <summary>One flag of an answer that must be 200.</summary>
    public async Task<string> GetFlagAsync(string key, string flag, string body)
    {
        using var response = await SendAsync(key, flag, body);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 200, $"{response.StatusCode} {answer}");
        return answer;
    }

    /// <summary>All flags of an answer that must be 200, by their keys.</summary>
    public async Task<Dictionary<string, JsonNode>> GetAllAsync(string key, string body)
    {
        using var response = await SendAllAsync(key, body);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 200, $"{response.StatusCode} {answer}");
        return JsonNode.Parse(answer)!["flags"]!.AsArray().ToDictionary(static flag => (string)flag!["key"]!, static flag => flag!, StringComparer.Ordinal);
    }

    /// <summary>Publishes another document.</summary>
    public Task PublishAsync(JsonObject document) => Proxy.Publisher.PublishAsync(
        Proxy.Registry.Environments[0], Encoding.UTF8.GetBytes(document.ToJsonString()), CancellationToken.None);

    public ValueTask DisposeAsync() => Proxy.DisposeAsync();
}
