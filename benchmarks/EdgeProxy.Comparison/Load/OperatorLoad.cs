using System.Net;
using System.Text;

namespace EdgeProxy.Comparison.Load;

/// <summary>The requests of operators: ten explanations a second, each of another identity, and those of an open console.</summary>
internal sealed class OperatorLoad : IAsyncDisposable
{
    /// <summary>The number of explanations a second.</summary>
    public const int ExplanationsPerSecond = 10;

    private const string Identifier = "user-";

    // One of each view that asks again by itself, and the interval at which they do (main.js).
    private static readonly string[] ConsolePaths = ["/proxy/environments", "/proxy/fleet", "/proxy/warnings"];
    private static readonly TimeSpan ConsoleInterval = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client;
    private readonly string _key;
    private readonly string _body;
    private readonly CancellationTokenSource _end = new();
    private Task _work = Task.CompletedTask;
    private int _asked;
    private int _answered;

    private OperatorLoad(Uri server, string key, byte[] body)
    {
        _client = new HttpClient { BaseAddress = server };
        _key = key;
        _body = Encoding.UTF8.GetString(body);
    }

    /// <summary>The number of explanations that were requested.</summary>
    public int Asked => _asked;

    /// <summary>The number that were answered; the others got 429. Final once this is disposed of.</summary>
    public int Answered => _answered;

    /// <summary>Starts asking, until it is disposed of.</summary>
    /// <param name="server">The server.</param>
    /// <param name="key">The environment key.</param>
    /// <param name="body">The body of a request for an identity.</param>
    public static OperatorLoad Start(Uri server, string key, byte[] body)
    {
        var load = new OperatorLoad(server, key, body);
        load._work = Task.WhenAll(
            load.RepeatAsync(TimeSpan.FromSeconds(1) / ExplanationsPerSecond, load.ExplainAsync),
            load.RepeatAsync(ConsoleInterval, load.RefreshConsoleAsync));
        return load;
    }

    /// <summary>Stops, and waits for the answers.</summary>
    /// <exception cref="InvalidOperationException">A request was answered with another status than 200 or 429.</exception>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try
        {
            await _work;
        }
        finally
        {
            _client.Dispose();
            _end.Dispose();
        }
    }

    private async Task RepeatAsync(TimeSpan interval, Func<Task> ask)
    {
        using var timer = new PeriodicTimer(interval, TimeProvider.System);
        var asked = new List<Task>();
        do
        {
            asked.Add(ask()); // not awaited here: a slow answer delays no further request
        }
        while (await IsNextAsync(timer));

        await Task.WhenAll(asked);
    }

    private async Task<bool> IsNextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_end.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ExplainAsync()
    {
        var number = Interlocked.Increment(ref _asked);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/proxy/explain")
        {
            Content = new StringContent(_body.Replace(Identifier, $"{Identifier}{number}-", StringComparison.Ordinal), Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("X-Environment-Key", _key);
        using var response = await _client.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            Interlocked.Increment(ref _answered);
        }
        else if (response.StatusCode != HttpStatusCode.TooManyRequests)
        {
            throw new InvalidOperationException($"/proxy/explain was answered with {(int)response.StatusCode}.");
        }
    }

    private async Task RefreshConsoleAsync()
    {
        foreach (var path in ConsolePaths)
        {
            using var response = await _client.GetAsync(path);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new InvalidOperationException($"{path} was answered with {(int)response.StatusCode}.");
            }
        }
    }
}
