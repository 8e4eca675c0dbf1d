namespace EdgeProxy.Host.Http;

/// <summary>The rule of the load shedder for the requests of an endpoint.</summary>
internal enum OverloadRule
{
    /// <summary>Its requests may be rejected.</summary>
    Reject,

    /// <summary>Its requests are answered under any load: probes, and operators who look for the cause.</summary>
    Answer,
}
