using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>Compiles at once: time does not pass meanwhile.</summary>
internal sealed class InlineCompilation : ICompilationQueue
{
    /// <inheritdoc/>
    public Task<T> RunAsync<T>(Func<T> compilation, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(compilation());
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    /// <inheritdoc/>
    public Task<T> RunUrgentlyAsync<T>(Func<T> compilation, CancellationToken cancellationToken) => RunAsync(compilation, cancellationToken);
}
