using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeProxy.Benchmarks.Serving;

/// <summary>An answer as the application hands it to the server, without the server.</summary>
internal sealed class InMemoryResponse : IHttpResponseFeature, IHttpResponseBodyFeature
{
    private readonly InMemoryBodyWriter _writer = new();

    /// <inheritdoc/>
    public int StatusCode { get; set; }

    /// <inheritdoc/>
    public string? ReasonPhrase { get; set; }

    /// <inheritdoc/>
    public IHeaderDictionary Headers { get; set; } = new InMemoryHeaders();

    /// <inheritdoc/>
    public Stream Body { get; set; } = Stream.Null;

    /// <inheritdoc/>
    public Stream Stream => Stream.Null;

    /// <inheritdoc/>
    public PipeWriter Writer => _writer;

    /// <inheritdoc/>
    public bool HasStarted => false;

    /// <summary>The body.</summary>
    public ReadOnlySpan<byte> Written => _writer.Written;

    /// <summary>Starts anew.</summary>
    public void Forget()
    {
        StatusCode = StatusCodes.Status200OK;
        Headers.Clear();
        _writer.Forget();
    }

    /// <inheritdoc/>
    public void OnStarting(Func<object, Task> callback, object state)
    {
    }

    /// <inheritdoc/>
    public void OnCompleted(Func<object, Task> callback, object state)
    {
    }

    /// <inheritdoc/>
    public void DisableBuffering()
    {
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public Task CompleteAsync() => Task.CompletedTask;
}
