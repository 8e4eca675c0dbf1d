using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Streams;

/// <summary>A message from another thread to the thread of the streams.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Stream">The stream that it is about; null if it is about no single one.</param>
/// <param name="Environment">The environment that it is about.</param>
/// <param name="Flag">For <see cref="StreamMessageKind.Written"/>: true if the client is still connected.</param>
/// <param name="Time">For <see cref="StreamMessageKind.Drain"/>: the time that is left.</param>
internal readonly record struct StreamMessage(
    StreamMessageKind Kind, EventStream? Stream = null, EnvironmentState? Environment = null, bool Flag = false, TimeSpan Time = default);
