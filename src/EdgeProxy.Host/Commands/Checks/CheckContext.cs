using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>The subject of the checks.</summary>
/// <param name="Configuration">The configuration, without problems.</param>
/// <param name="Variable">Reads an environment variable.</param>
internal sealed record CheckContext(ConfigurationResult Configuration, Func<string, string?> Variable)
{
    /// <summary>The options.</summary>
    public ProxyOptions Options => Configuration.Options;

    /// <summary>The documents that keys were checked with.</summary>
    public IReadOnlyList<byte[]> Documents { get; init; } = [];
}
