namespace EdgeProxy.Host.Metrics;

/// <summary>The kinds of event streams; the value of the label <c>kind</c> in lower case.</summary>
internal enum StreamKind
{
    /// <summary>Flagsmith's real-time stream, <c>GET /sse/environments/&lt;key&gt;/stream</c>.</summary>
    Realtime,

    /// <summary>The stream of OFREP, <c>GET /ofrep/v1/events</c>.</summary>
    Ofrep,
}
