using System.IO.Pipelines;

namespace EdgeProxy.Host.Server.Http2;

/// <summary>The two directions of a connection, one of them metered.</summary>
/// <param name="Input">The input, measured.</param>
/// <param name="Output">The output.</param>
internal sealed record MeteredTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
