using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;

namespace EdgeProxy.Host.Server.Http2;

/// <summary>The input of an HTTP/2 connection, measured by a meter; a connection that the meter stops is aborted.</summary>
internal sealed class MeteredPipeReader : PipeReader
{
    private readonly PipeReader _reader;
    private readonly Http2FrameMeter _meter;
    private readonly ConnectionContext _connection;
    private ReadOnlySequence<byte> _buffer;
    private long _metered;

    /// <param name="reader">The input.</param>
    /// <param name="meter">The meter.</param>
    /// <param name="connection">The connection.</param>
    public MeteredPipeReader(PipeReader reader, Http2FrameMeter meter, ConnectionContext connection)
    {
        _reader = reader;
        _meter = meter;
        _connection = connection;
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        if (!_reader.TryRead(out result))
        {
            return false;
        }

        result = Meter(result);
        return true;
    }

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var read = _reader.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? new ValueTask<ReadResult>(Meter(read.Result)) : MeterAsync(read);
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _metered -= _buffer.Slice(0, consumed).Length;
        _buffer = default;
        _reader.AdvanceTo(consumed, examined);
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => _reader.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => _reader.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask CompleteAsync(Exception? exception = null) => _reader.CompleteAsync(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> MeterAsync(ValueTask<ReadResult> read) => Meter(await read);

    private ReadResult Meter(ReadResult result)
    {
        _buffer = result.Buffer;
        if (!_meter.Read(_buffer.Slice(_metered)))
        {
            var tooMany = new ConnectionAbortedException("The client sent too many HTTP/2 frames that reset streams or ask for nothing.");
            _connection.Abort(tooMany);
            throw tooMany;
        }

        _metered = _buffer.Length;
        return result;
    }
}
