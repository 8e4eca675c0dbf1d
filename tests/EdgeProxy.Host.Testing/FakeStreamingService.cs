using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Testing;

/// <summary>A stand-in for Flagsmith's streaming service, on a real server over loopback.</summary>
internal sealed class FakeStreamingService : IAsyncDisposable
{
    private readonly ConcurrentQueue<FakeStream> _streams = [];
    private readonly FakeUpstream _server;

    private FakeStreamingService(FakeUpstream server)
    {
        _server = server;
        server.Behaviour = AnswerAsync;
    }

    /// <summary>The address.</summary>
    public Uri Address => _server.Address;

    /// <summary>The requests it received.</summary>
    public IReadOnlyCollection<RecordedRequest> Requests => _server.Requests;

    /// <summary>The streams that were opened so far.</summary>
    public IReadOnlyCollection<FakeStream> Streams => _streams;

    /// <summary>Answers instead, where it is set; null to open streams.</summary>
    public Func<HttpContext, Task>? Behaviour { get; set; }

    /// <summary>The content type of streams.</summary>
    public string ContentType { get; set; } = "text/event-stream";

    /// <summary>Starts one.</summary>
    public static async Task<FakeStreamingService> StartAsync() => new(await FakeUpstream.StartAsync());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _streams)
        {
            stream.End();
        }

        await _server.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context) => Behaviour is { } behaviour ? behaviour(context) : OpenAsync(context);

    private async Task OpenAsync(HttpContext context)
    {
        context.Response.ContentType = ContentType;
        await context.Response.Body.FlushAsync();
        var stream = new FakeStream(context);
        _streams.Enqueue(stream);
        await stream.WaitForEndAsync();
    }
}
