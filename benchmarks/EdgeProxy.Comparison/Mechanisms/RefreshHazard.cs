using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Mechanisms;

/// <summary>Changes of documents: each is announced to the server about once a second, which fetches and compiles it.</summary>
internal sealed class RefreshHazard : IHazard
{
    /// <summary>The token of announcements, a setting of the server.</summary>
    public const string Token = "the-token-of-the-api";

    // A document is fetched at most once a second because of announcements.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly HttpClient Client = new();

    private readonly ApiStandIn _api;
    private readonly IReadOnlyList<MeasuredEnvironment> _environments;
    private int _revision;

    /// <param name="api">Serves the documents.</param>
    /// <param name="environments">The environments that change.</param>
    public RefreshHazard(ApiStandIn api, IReadOnlyList<MeasuredEnvironment> environments)
    {
        _api = api;
        _environments = environments;
    }

    /// <inheritdoc/>
    public async Task RunAsync(Uri server, TimeSpan duration)
    {
        // Made before anything is measured: it takes time of the core that the load has.
        var changes = Enumerable.Range(_revision + 1, (int)(duration / Pause))
            .Select(revision => (Revision: revision, Documents: _environments.Select(environment => environment.Document(revision)).ToList()))
            .ToList();
        foreach (var (revision, documents) in changes)
        {
            await Task.Delay(Pause / 2, TimeProvider.System);
            foreach (var (environment, document) in _environments.Zip(documents))
            {
                _api.Serve(environment.ServerSideKey, document);
                await AnnounceAsync(server, environment, revision);
            }

            _revision = revision;
            await Task.Delay(Pause / 2, TimeProvider.System);
        }

        await UntilServedAsync(server);
    }

    /// <summary>Waits until the latest change is served.</summary>
    private async Task UntilServedAsync(Uri server)
    {
        var value = $"\"value_1.{_revision}\"";
        for (var watch = Stopwatch.StartNew(); !(await AskAsync(server)).Contains(value, StringComparison.Ordinal); await Task.Delay(Look, TimeProvider.System))
        {
            if (watch.Elapsed > Patience)
            {
                throw new InvalidOperationException($"The server did not serve change {_revision}.");
            }
        }
    }

    private async Task<string> AskAsync(Uri server)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/api/v1/flags/?feature=feature_1"));
        request.Headers.Add("X-Environment-Key", _environments[^1].ServerSideKey);
        using var response = await Client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task AnnounceAsync(Uri server, MeasuredEnvironment environment, int revision)
    {
        var updatedAt = (MeasuredEnvironment.UpdatedAt(revision) - DateTime.UnixEpoch).TotalSeconds;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, $"/sse/environments/{environment.Key}/queue-change"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Token", Token);
        request.Content = new StringContent(string.Create(CultureInfo.InvariantCulture, $"{{\"updated_at\": {updatedAt}}}"));
        using var response = await Client.SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The change of {environment.Key} was answered with {(int)response.StatusCode}.");
        }
    }
}
