namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>The proxy config that a member of a fleet has applied.</summary>
/// <param name="Revision">The digest of its bytes.</param>
/// <param name="Content">The config, as the upstream sent it.</param>
/// <param name="Sequence">The number of changes of it that the fleet has seen.</param>
/// <param name="PolledAt">The monotonic time of the last poll of this member that returned it; null if only others polled.</param>
internal sealed record ServedProxyConfig(string Revision, byte[] Content, long Sequence, long? PolledAt);
