namespace EdgeProxy.Host.Fleet;

/// <summary>The result of a poll, for the other members.</summary>
/// <param name="Revision">The revision that the upstream has; null if the poll failed.</param>
/// <param name="Token">The token of the lease; null if it is not held. Only its holder reports errors.</param>
/// <param name="Error">The error; null if the poll succeeded.</param>
/// <param name="Started">The monotonic time of the request to the upstream: its document may have changed since.</param>
internal sealed record PollReport(string? Revision, string? Token, string? Error, long Started);
