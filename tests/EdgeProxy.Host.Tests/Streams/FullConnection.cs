using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using EdgeProxy.Host.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>A request whose answer goes into a pipe that is full after the first event.</summary>
internal sealed class FullConnection : IHttpResponseBodyFeature, IHttpRequestLifetimeFeature, IRequestBodyPipeFeature, IDisposable
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 40, resumeWriterThreshold: 20));
    private readonly CancellationTokenSource _aborted = new();
    private bool _isBroken;

    public FullConnection()
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { Protocol = "HTTP/1.1" });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(this);
        features.Set<IRequestBodyPipeFeature>(this);
        features.Set<IHttpRequestLifetimeFeature>(this);
        Exchange = new Exchange(features);
    }

    public Exchange Exchange { get; }

    public bool IsAborted { get; private set; }

    /// <summary>Called before each write, on the thread that writes.</summary>
    public Action? Writing { get; init; }

    PipeWriter IHttpResponseBodyFeature.Writer => new Writer(this);

    Stream IHttpResponseBodyFeature.Stream => throw new NotSupportedException();

    PipeReader IRequestBodyPipeFeature.Reader => throw new NotSupportedException();

    CancellationToken IHttpRequestLifetimeFeature.RequestAborted
    {
        get => _aborted.Token;
        set => throw new NotSupportedException();
    }

    public void Abort() => IsAborted = true;

    public void Disconnect() => _aborted.Cancel();

    public void Dispose() => _aborted.Dispose();

    public void Break() => _isBroken = true;

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Reads what is there, which must contain a text.</summary>
    public async Task<bool> ReadAsync(string expected)
    {
        var result = await _pipe.Reader.ReadAsync();
        Assert.Contains(expected, Encoding.ASCII.GetString(result.Buffer.ToArray()), StringComparison.Ordinal);
        _pipe.Reader.AdvanceTo(result.Buffer.End);
        return true;
    }

    void IHttpResponseBodyFeature.DisableBuffering() => throw new NotSupportedException();

    Task IHttpResponseBodyFeature.SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task IHttpResponseBodyFeature.CompleteAsync() => throw new NotSupportedException();

    private sealed class Writer(FullConnection connection) : PipeWriter
    {
        private readonly PipeWriter _writer = connection._pipe.Writer;

        public override void Advance(int bytes) => _writer.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => _writer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _writer.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            connection._isBroken ? throw new IOException("broken") : _writer.FlushAsync(cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            connection.Writing?.Invoke();
            return connection._isBroken ? throw new IOException("broken") : _writer.WriteAsync(source, cancellationToken);
        }

        public override void CancelPendingFlush() => _writer.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => _writer.Complete(exception);
    }
}
