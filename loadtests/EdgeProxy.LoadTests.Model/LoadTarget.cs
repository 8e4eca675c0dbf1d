using System.Net;
using EdgeProxy.LoadTests.Model.Answers;
using EdgeProxy.LoadTests.Model.Requests;

namespace EdgeProxy.LoadTests.Model;

/// <summary>The server that is asked, as clients with pooled connections see it.</summary>
internal sealed class LoadTarget : IDisposable
{
    // After this long nobody waits any more: a failed request.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Long runs see new addresses and balance anew.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
        PooledConnectionLifetime = ConnectionLifetime,
        UseCookies = false,
    })
    {
        Timeout = Patience,
    };

    private readonly Uri _server;

    /// <param name="server">Its address; a path in it is kept.</param>
    public LoadTarget(Uri server)
    {
        _server = server;
    }

    /// <summary>Asks, and reads the whole answer.</summary>
    /// <exception cref="HttpRequestException">There was none.</exception>
    /// <exception cref="OperationCanceledException">There was none in time.</exception>
    public async Task<LoadAnswer> AskAsync(LoadRequest request)
    {
        using var message = request.ToMessage(_server);
        using var response = await _client.SendAsync(message);
        return new LoadAnswer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync())
        {
            Tag = response.Headers.ETag?.ToString(),
        };
    }

    /// <summary>Asks, and checks the answer. Whatever goes wrong is an outcome, not an exception.</summary>
    public async Task<LoadOutcome> TryAsync(LoadRequest request, AnswerCheck check)
    {
        try
        {
            var answer = await AskAsync(request);
            return new LoadOutcome($"{answer.Status}", answer.Body.Length, check.ProblemOf(request, answer));
        }
        catch (OperationCanceledException)
        {
            return new LoadOutcome("timeout", 0, $"no answer within {Patience.TotalSeconds} s");
        }
        catch (HttpRequestException exception)
        {
            return new LoadOutcome("error", 0, $"no answer: {exception.HttpRequestError}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
