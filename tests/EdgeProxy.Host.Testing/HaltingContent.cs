using System.Net;

namespace EdgeProxy.Host.Testing;

/// <summary>The body of a request for an identity that stops in the middle until it may go on.</summary>
internal sealed class HaltingContent : HttpContent
{
    private readonly Task _goOn;
    private readonly TaskCompletionSource _halted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="goOn">Ends when the rest may be sent.</param>
    public HaltingContent(Task goOn)
    {
        _goOn = goOn;
    }

    /// <summary>Ends when the first half is sent.</summary>
    public Task Halted => _halted.Task;

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync("{\"identifier\""u8.ToArray());
        await stream.FlushAsync();
        _halted.TrySetResult();
        await _goOn;
        await stream.WriteAsync(":\"bob\"}"u8.ToArray());
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
