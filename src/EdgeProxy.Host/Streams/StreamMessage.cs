using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Streams;

/// <summary>A message from another thread to the thread of the streams.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Stream">The stream that it is about; null if it is about no single one.</param>
/// <param name="Environment">The environment that it is about.</param>
/// <param name="Flag">The kind's parameter.</param>
/// <param name="Time">The kind's parameter.</param>
internal readonly record struct StreamMessage(
    StreamMessageKind Kind, EventStream? Stream = null, EnvironmentState? Environment = null, bool Flag = false, TimeSpan Time = default);
