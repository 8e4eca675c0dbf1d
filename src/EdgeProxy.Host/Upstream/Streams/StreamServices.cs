namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>The services that all streams share.</summary>
/// <param name="Connection">Opens streams.</param>
/// <param name="Options">The settings of streams.</param>
/// <param name="PollInterval">The interval of polls while a stream can be relied on; null for the usual one.</param>
/// <param name="Log">The log of all streams.</param>
/// <param name="Time">The clock.</param>
internal sealed record StreamServices(StreamConnection Connection, UpstreamStreamOptions Options, TimeSpan? PollInterval, StreamLog Log, TimeProvider Time);
