namespace EdgeProxy.Host.Http;

/// <summary>What the load shedder may do with the requests of an endpoint.</summary>
internal enum OverloadRule
{
    /// <summary>Its requests may be rejected.</summary>
    Reject,

    /// <summary>Its requests are answered whatever the load: probes, and operators who look for the cause.</summary>
    Answer,
}
