namespace EdgeProxy.Host.Upstream;

/// <summary>Bounds how many environments are fetched at once: far more than ever hang, far fewer than there may be.</summary>
internal sealed class PollGate : IDisposable
{
    private const int MostAtOnce = 64;

    private readonly SemaphoreSlim _free = new(MostAtOnce);

    /// <summary>Waits for a place; the place is given back with what is returned.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        return new Place(_free);
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    private sealed class Place : IDisposable
    {
        private SemaphoreSlim? _free;

        public Place(SemaphoreSlim free)
        {
            _free = free;
        }

        public void Dispose() => Interlocked.Exchange(ref _free, null)?.Release();
    }
}
