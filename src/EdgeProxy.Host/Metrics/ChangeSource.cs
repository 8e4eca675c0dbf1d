namespace EdgeProxy.Host.Metrics;

/// <summary>The sources of announced changes.</summary>
internal enum ChangeSource
{
    /// <summary>The Flagsmith API, to <c>POST /sse/environments/&lt;key&gt;/queue-change</c>.</summary>
    Push,

    /// <summary>A webhook of Flagsmith.</summary>
    Webhook,

    /// <summary>The stream of <c>realtime.url</c>.</summary>
    Stream,
}
