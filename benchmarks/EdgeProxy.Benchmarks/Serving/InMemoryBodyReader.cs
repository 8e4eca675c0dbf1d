using System.Buffers;
using System.IO.Pipelines;

namespace EdgeProxy.Benchmarks.Serving;

/// <summary>A body that is there already, as most are.</summary>
internal sealed class InMemoryBodyReader : PipeReader
{
    private readonly ReadOnlySequence<byte> _body;

    /// <param name="body">The body.</param>
    public InMemoryBodyReader(byte[] body)
    {
        _body = new ReadOnlySequence<byte>(body);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        result = new ReadResult(_body, isCanceled: false, isCompleted: true);
        return true;
    }

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        new(new ReadResult(_body, isCanceled: false, isCompleted: true));

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed)
    {
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
    }

    /// <inheritdoc/>
    public override void CancelPendingRead()
    {
    }

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
    }
}
