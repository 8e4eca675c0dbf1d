using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Environments;

/// <summary>A compilation that has started, and goes on until it is released.</summary>
internal sealed class HeldCompilation : IDisposable
{
    private readonly ManualResetEventSlim _started = new();
    private readonly ManualResetEventSlim _released = new();

    public HeldCompilation(CompilationQueue queue, CancellationToken cancellationToken = default)
    {
        Completion = queue.RunAsync(
            () =>
            {
                _started.Set();
                return _released.Wait(Patience.Limit); // a cancelled compilation goes on all the same
            },
            cancellationToken);
        Assert.True(_started.Wait(Patience.Limit, CancellationToken.None));
    }

    /// <summary>The task of the caller.</summary>
    public Task<bool> Completion { get; }

    public void Release() => _released.Set();

    public void Dispose()
    {
        _started.Dispose();
        _released.Dispose();
    }
}
