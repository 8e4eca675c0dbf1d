using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>The counters of OFREP.</summary>
internal sealed class OfrepMetrics
{
    private readonly StripedCells _notModified = new(1);

    /// <summary>The number of answers with 304.</summary>
    public long NotModified => _notModified.Sum(0);

    /// <summary>Counts an answer with 304. Allocates nothing, and does not block.</summary>
    public void CountNotModified() => _notModified.Add(0, 1);
}
