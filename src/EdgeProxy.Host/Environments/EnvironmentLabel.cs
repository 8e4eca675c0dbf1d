using System.Text.Json;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Environments;

/// <summary>An environment in messages: by name, if known, and masked key; in JSON with the revision of its document, too.</summary>
internal sealed class EnvironmentLabel : ILogMembers
{
    private readonly string? _name;
    private readonly string _key;
    private readonly string? _revision;

    private EnvironmentLabel(string? name, string key, string? revision)
    {
        _name = name;
        _key = key;
        _revision = revision;
    }

    /// <summary>Returns the label of an environment, with its current revision.</summary>
    public static EnvironmentLabel Of(EnvironmentState environment) => Of(environment, environment.Current?.Document.Version);

    /// <summary>Returns the label of an environment, with the revision that a request was answered from.</summary>
    public static EnvironmentLabel Of(EnvironmentState environment, string? revision) =>
        new(environment.Current?.Snapshot.Name, KeyMask.Mask(environment.ClientSideKey), revision);

    /// <summary>Returns the label of the environment that a key belongs to, which may not be served any more.</summary>
    /// <param name="registry">The environments.</param>
    /// <param name="key">The key, of either kind.</param>
    public static EnvironmentLabel Of(EnvironmentRegistry registry, string key) =>
        registry.Find(key) is { } binding ? Of(binding.Environment) : new(null, KeyMask.Mask(key), null);

    /// <summary>The label: <c>'Production' (4vfqhy…)</c>.</summary>
    public override string ToString() => _name is null ? _key : $"'{_name}' ({_key})";

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter writer)
    {
        if (_name is not null)
        {
            writer.WriteString("environment"u8, _name);
        }

        writer.WriteString("key"u8, _key);
        if (_revision is not null)
        {
            writer.WriteString("revision"u8, _revision);
        }
    }
}
