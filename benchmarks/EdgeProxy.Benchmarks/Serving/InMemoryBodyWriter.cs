using System.IO.Pipelines;

namespace EdgeProxy.Benchmarks.Serving;

/// <summary>Takes an answer into one array, over and over.</summary>
internal sealed class InMemoryBodyWriter : PipeWriter
{
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private int _written;

    /// <summary>The bytes written since the last <see cref="Forget"/>.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _written);

    /// <summary>Starts anew.</summary>
    public void Forget() => _written = 0;

    /// <inheritdoc/>
    public override void Advance(int bytes) => _written += bytes;

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.AsMemory(_written);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.AsSpan(_written);

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

    /// <inheritdoc/>
    public override void CancelPendingFlush()
    {
    }

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
    }
}
