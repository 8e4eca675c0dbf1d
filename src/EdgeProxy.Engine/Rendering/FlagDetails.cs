namespace EdgeProxy.Engine.Rendering;

/// <summary>
/// The optional members of rendered flags, beyond those that every edge proxy sends (docs/spec/sdk-api.md 5).
/// </summary>
internal enum FlagDetails
{
    /// <summary>None: flags are those of the Flagsmith Edge Proxy 2.23.0, member for member.</summary>
    None,

    /// <summary>
    /// <c>variant</c>, <c>reason</c> and, if the winning state has it, <c>metadata</c>; without identity only the last.
    /// </summary>
    Full,
}
