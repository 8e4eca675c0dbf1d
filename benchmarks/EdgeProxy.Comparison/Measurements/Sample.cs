using EdgeProxy.Comparison.Load;

namespace EdgeProxy.Comparison.Measurements;

/// <summary>One turn of one server.</summary>
/// <param name="Load">The results of the load tool.</param>
/// <param name="ProcessorTime">The processor time of the server; null if unknown.</param>
internal sealed record Sample(LoadResult Load, TimeSpan? ProcessorTime)
{
    /// <summary>Processor time a request, user and system, in microseconds.</summary>
    public double? MicrosecondsPerRequest => ProcessorTime?.TotalMicroseconds / Load.Requests;

    /// <summary>Answers a second.</summary>
    public double RequestsPerSecond => Load.Requests / Load.Elapsed.TotalSeconds;
}
