namespace EdgeProxy.Host.Metrics;

/// <summary>What announces a change of an environment.</summary>
internal enum ChangeSource
{
    /// <summary>The Flagsmith API, to <c>POST /sse/environments/&lt;key&gt;/queue-change</c>.</summary>
    Push,

    /// <summary>A webhook of Flagsmith.</summary>
    Webhook,
}
