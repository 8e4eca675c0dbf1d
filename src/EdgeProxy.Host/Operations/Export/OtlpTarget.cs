namespace EdgeProxy.Host.Operations.Export;

/// <summary>The address that a signal is exported to.</summary>
/// <param name="Signal">The signal: <c>metrics</c> or <c>traces</c>.</param>
/// <param name="Variable">The environment variable that sets the address.</param>
/// <param name="Url">The address of the exported requests; null if the variable holds none.</param>
/// <param name="IsGrpc">True for gRPC, false for Protobuf over HTTP.</param>
/// <param name="Headers">The headers that the exporter sends, secrets among them.</param>
internal sealed record OtlpTarget(string Signal, string Variable, Uri? Url, bool IsGrpc, IReadOnlyList<KeyValuePair<string, string>> Headers);
