using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Tools.Upstream;
using EdgeProxy.Workloads;

namespace EdgeProxy.Tooling.Tests.Tools.Upstream;

/// <summary>A stand-in with one environment, and a client.</summary>
public abstract class StandInFixture : IAsyncLifetime
{
    internal static readonly byte[] Document = DocumentMaker.Make(new EnvironmentShape { Features = 3, Segments = 0, IdentityOverrides = 5 }, "one");

    private StandInApi? _api;

    private protected StandInApi Api => _api!;

    private protected HttpClient Client { get; } = new();

    public async Task InitializeAsync()
    {
        _api = await StandInApi.StartAsync(0, [StandInDocument.Read(Document)]);
        Client.BaseAddress = _api.Address;
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _api!.DisposeAsync();
    }

    private protected async Task<HttpResponseMessage> FetchAsync(string key = "ser.one", string query = "", Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/environment-document/{query}");
        request.Headers.Add("X-Environment-Key", key);
        change?.Invoke(request);
        return await Client.SendAsync(request);
    }

    private protected async Task<JsonNode> FetchJsonAsync(string query = "")
    {
        using var response = await FetchAsync(query: query);
        return JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!;
    }

    private protected Task<HttpResponseMessage> ControlAsync(string changes) =>
        Client.PostAsync("/control", new StringContent(changes, Encoding.UTF8, "application/json"));

    private protected async Task<JsonNode> ReceivedAsync() => JsonNode.Parse(await Client.GetStringAsync("/control"))!;
}
