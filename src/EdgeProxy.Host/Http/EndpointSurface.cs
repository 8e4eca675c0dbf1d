namespace EdgeProxy.Host.Http;

/// <summary>The surface that an endpoint belongs to, which determines the listeners that serve it.</summary>
internal enum EndpointSurface
{
    /// <summary>For SDKs: on the main listener.</summary>
    Sdk,

    /// <summary>For probes: on every listener.</summary>
    Health,

    /// <summary>For Prometheus: on the metrics listener, or on the main one where there is none.</summary>
    Metrics,

    /// <summary>For operators: on the operators' listener, or on the main one where there is none.</summary>
    Operators,
}
