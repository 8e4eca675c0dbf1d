using System.IO.Pipelines;

namespace EdgeProxy.Host.Server.Http2;

/// <summary>The two directions of a connection, of which one is metered.</summary>
/// <param name="Input">What arrives, past the meter.</param>
/// <param name="Output">What is sent.</param>
internal sealed record MeteredTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
