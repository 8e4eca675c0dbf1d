using System.Text;

namespace EdgeProxy.Tools.Golden;

/// <summary>Sends recorded requests to a running proxy, and compares the answers.</summary>
/// <param name="client">A client with the proxy's address as its base.</param>
/// <param name="isStrict">True if flags must have the recorded members and no others.</param>
internal sealed class GoldenRun(HttpClient client, bool isStrict)
{
    /// <summary>The answers that were as recorded.</summary>
    public int Passed { get; private set; }

    /// <summary>The answers that were not.</summary>
    public int Failed { get; private set; }

    /// <summary>Sends the requests of a recording.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="report">Takes a description of each failure.</param>
    public async Task CheckAsync(Recording recording, Action<string> report)
    {
        for (var i = 0; i < recording.Exchanges.Count; i++)
        {
            if (await FindDifferenceAsync(recording.Exchanges[i]) is not { } difference)
            {
                Passed++;
                continue;
            }

            Failed++;
            report($"{recording.Name}[{i}] {recording.Exchanges[i]}\n  {difference}");
        }
    }

    /// <summary>Sends a request and compares the answer.</summary>
    /// <returns>A description of what is not as recorded; null where nothing is.</returns>
    public async Task<string?> FindDifferenceAsync(RecordedExchange exchange)
    {
        var (status, body) = await SendAsync(exchange);
        return AnswerComparison.FindDifference(exchange, status, body, isStrict);
    }

    /// <summary>Sends a request.</summary>
    /// <returns>Status and body of the answer.</returns>
    public async Task<(int Status, string Body)> SendAsync(RecordedExchange exchange)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(exchange.Method), exchange.Target);
        request.Headers.Add("X-Environment-Key", exchange.Key);
        if (exchange.Body is not null)
        {
            request.Content = new StringContent(exchange.Body, Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
