using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace EdgeProxy.Comparison.Servers;

/// <content>The streaming service of the Flagsmith API.</content>
internal sealed partial class ApiStandIn
{
    private readonly ConcurrentDictionary<HttpContext, TaskCompletionSource> _streams = [];

    /// <summary>The number of open streams.</summary>
    public int Streams => _streams.Count;

    /// <summary>Announces a change to all streams, in one write each.</summary>
    public async Task AnnounceAsync(double updatedAt)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"event: environment_updated\ndata: {{\"updated_at\": {updatedAt:0.0#####}}}\n\n"));
        foreach (var stream in _streams.Keys)
        {
            await stream.Response.Body.WriteAsync(text);
            await stream.Response.Body.FlushAsync();
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.WriteAsync(":\n\n"u8.ToArray());
        await context.Response.Body.FlushAsync();
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _streams[context] = end;
        await using var aborted = context.RequestAborted.Register(end.SetResult);
        await end.Task;
        _streams.TryRemove(context, out _);
    }
}
