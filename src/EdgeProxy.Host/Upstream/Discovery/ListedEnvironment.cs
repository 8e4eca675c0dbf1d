using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>An environment in the proxy config.</summary>
/// <param name="Path">The location in the config, as a JSONPath.</param>
/// <param name="ClientSideKey">The client-side key.</param>
/// <param name="Name">The name, for the log; null if there is none.</param>
/// <param name="ServerSideKeys">The server-side keys that are active, in the order of the config; they may have expired.</param>
/// <param name="AllKeys">Every key that it lists, valid or not, including the client-side one.</param>
internal sealed record ListedEnvironment(
    string Path, string ClientSideKey, string? Name, IReadOnlyList<ServerSideKey> ServerSideKeys, IReadOnlyCollection<string> AllKeys);
