using System.Net;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Upstream.Chaos;

/// <summary>A client on a connection of its own that asks without pause, and checks every answer.</summary>
internal sealed class ChaosClient : IDisposable
{
    private readonly HttpClient _client;
    private readonly EnvironmentState _environment;
    private readonly VersionLedger _ledger;
    private readonly Func<int> _newest;
    private string? _tag;
    private int _tagged;

    /// <param name="proxy">The proxy that it sends requests to.</param>
    /// <param name="ledger">The versions that all clients have seen.</param>
    /// <param name="newest">The newest version there is.</param>
    /// <param name="takesGzip">True if it takes compressed answers.</param>
    public ChaosClient(TestProxy proxy, VersionLedger ledger, Func<int> newest, bool takesGzip)
    {
        _environment = proxy.Registry.Environments[0];
        _ledger = ledger;
        _newest = newest;
        _client = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 1,
            AutomaticDecompression = takesGzip ? DecompressionMethods.All : DecompressionMethods.None,
        })
        {
            BaseAddress = proxy.Address,
            Timeout = Patience.Limit,
        };
    }

    /// <summary>Asks until it is told to stop.</summary>
    /// <returns>The number of responses.</returns>
    public async Task<int> RunAsync(CancellationToken end)
    {
        var answers = 0;
        while (!end.IsCancellationRequested)
        {
            await AskAsync(answers++);
        }

        return answers;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task AskAsync(int number)
    {
        using var request = Request(number % 6);

        // What is in place before the request is sent is the oldest that may answer it.
        var oldest = Math.Max(_ledger.Newest, VersionOf(_environment.Current!));
        using var response = await _client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        var version = Check(response, body);
        Assert.InRange(version, oldest, _newest());
        _ledger.Saw(version);
    }

    private int Check(HttpResponseMessage response, string body)
    {
        var version = ChaosDocument.VersionAt(response.Headers.GetValues("X-Flagsmith-Document-Updated-At").Single());
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            Assert.Equal(_tagged, version);
            return version;
        }

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(version, ChaosDocument.VersionOf(body));
        if (response.Headers.ETag is { } tag)
        {
            (_tag, _tagged) = (tag.ToString(), version);
        }

        return version;
    }

    private HttpRequestMessage Request(int kind)
    {
        var (method, target, key, body) = kind switch
        {
            0 => (HttpMethod.Get, "/api/v1/flags/", "env", null),
            1 => (HttpMethod.Get, "/api/v1/flags/", "ser.env", null),
            2 => (HttpMethod.Get, $"/api/v1/identities/?identifier={ChaosDocument.Overridden}", "env", null),
            3 => (HttpMethod.Post, "/api/v1/identities/", "env", Identity("bob", "pro")),
            4 => (HttpMethod.Post, "/api/v1/identities/", "ser.env", Identity(ChaosDocument.Overridden, "pro")),
            _ => (HttpMethod.Get, "/api/v1/environment-document/", "ser.env", (string?)null),
        };
        var request = new HttpRequestMessage(method, target);
        request.Headers.TryAddWithoutValidation("X-Environment-Key", key);
        request.Content = body is null ? null : new StringContent(body);
        if (kind == 5 && _tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", _tag);
        }

        return request;
    }

    private static string Identity(string identifier, string plan) =>
        $$"""{"identifier":"{{identifier}}","traits":[{"trait_key":"{{ChaosDocument.Trait}}","trait_value":"{{plan}}"}]}""";

    private static int VersionOf(PublishedEnvironment environment) => ChaosDocument.VersionAt(environment.Document.UpdatedAtHeader.ToString());
}
