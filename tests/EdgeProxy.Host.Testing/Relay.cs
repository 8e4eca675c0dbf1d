using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Testing;

/// <summary>
/// Stands between a proxy and its parent, passes on what they say byte for byte, and keeps count of it. The parent can go
/// away and come back elsewhere.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private static readonly string[] Dropped = ["Host", "Connection", "Transfer-Encoding", "Date"];

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly ConcurrentQueue<RelayedAnswer> _answers = [];
    private readonly FakeUpstream _front;

    private Relay(FakeUpstream front, Uri? target)
    {
        _front = front;
        Target = target;
        front.Behaviour = PassOnAsync;
    }

    /// <summary>The address.</summary>
    public Uri Address => _front.Address;

    /// <summary>The parent; null while it is gone.</summary>
    public Uri? Target { get; set; }

    /// <summary>The parent's responses.</summary>
    public IReadOnlyCollection<RelayedAnswer> Answers => _answers;

    /// <summary>The number of responses with a document.</summary>
    public int Bodies => _answers.Count(static answer => answer.Status == StatusCodes.Status200OK);

    /// <summary>Starts one.</summary>
    public static async Task<Relay> StartAsync(Uri? target) => new(await FakeUpstream.StartAsync(), target);

    /// <summary>Waits for so many more answers, all to requests that are sent from now on.</summary>
    public async Task WaitForAnswersAsync(int count)
    {
        var before = _answers.Count;
        await Patience.UntilAsync(() => _answers.Count > before + count, $"{count} more answers"); // the first may be under way
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        if (Target is not { } target)
        {
            context.Abort();
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(target, context.Request.Path + context.Request.QueryString.ToString()));
        foreach (var header in context.Request.Headers.Where(static header => !Dropped.Contains(header.Key)))
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
        }

        using var response = await _client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var header in response.Headers.Concat(response.Content.Headers).Where(static header => !Dropped.Contains(header.Key)))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        _answers.Enqueue(new RelayedAnswer((int)response.StatusCode, context.Request.Headers.IfNoneMatch.ToString(), response.Headers.ETag?.ToString() ?? ""));
        if (response.StatusCode == System.Net.HttpStatusCode.NotModified)
        {
            return;
        }

        await response.Content.CopyToAsync(context.Response.Body);
    }
}
