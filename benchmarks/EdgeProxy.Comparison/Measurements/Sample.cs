using EdgeProxy.Comparison.Load;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>One turn of one server.</summary>
/// <param name="Load">What the load tool saw.</param>
/// <param name="ProcessorTime">What the server used meanwhile; null where that cannot be known.</param>
internal sealed record Sample(LoadResult Load, TimeSpan? ProcessorTime)
{
    /// <summary>Processor time a request, user and system, in microseconds.</summary>
    public double? MicrosecondsPerRequest => ProcessorTime?.TotalMicroseconds / Load.Requests;

    /// <summary>Answers a second.</summary>
    public double RequestsPerSecond => Load.Requests / Load.Elapsed.TotalSeconds;
}
