using System.Text;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Testing;

/// <summary>One open stream of <see cref="FakeStreamingService"/>, which a test writes to.</summary>
internal sealed class FakeStream
{
    private readonly HttpContext _context;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeStream(HttpContext context)
    {
        _context = context;
    }

    /// <summary>Indicates whether the client has closed it.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Sends text, in one piece.</summary>
    public async Task SendAsync(string text)
    {
        await _context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text));
        await _context.Response.Body.FlushAsync();
    }

    /// <summary>Announces a change, as Flagsmith's service does.</summary>
    public Task AnnounceAsync(DateTimeOffset time) =>
        SendAsync(FormattableString.Invariant($"event: environment_updated\ndata: {{\"updated_at\": {(time - DateTimeOffset.UnixEpoch).TotalSeconds:0.0#####}}}\n\n"));

    /// <summary>Ends it properly.</summary>
    public void End() => _end.TrySetResult();

    /// <summary>Ends it by closing the connection.</summary>
    public void Abort()
    {
        _context.Abort();
        End();
    }

    /// <summary>Completes when it is to be ended, or when the client has closed it.</summary>
    public async Task WaitForEndAsync()
    {
        await using var closed = _context.RequestAborted.Register(() =>
        {
            IsClosed = true;
            End();
        });
        await _end.Task;
    }
}
