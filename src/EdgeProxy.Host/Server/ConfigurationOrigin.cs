namespace EdgeProxy.Host.Server;

/// <summary>The origin of a configuration, from which it is read again when its file changes.</summary>
/// <param name="Path">The file, which need not exist.</param>
/// <param name="Read">Reads all sources again.</param>
internal sealed record ConfigurationOrigin(string Path, Func<ConfigurationResult> Read);
