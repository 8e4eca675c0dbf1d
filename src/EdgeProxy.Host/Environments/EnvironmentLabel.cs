using System.Text.Json;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Environments;

/// <summary>An environment in messages: by name, if known, and masked key.</summary>
internal sealed class EnvironmentLabel : ILogMembers
{
    private readonly string? _name;
    private readonly string _key;

    private EnvironmentLabel(string? name, string key)
    {
        _name = name;
        _key = key;
    }

    /// <summary>Returns the label of an environment.</summary>
    public static EnvironmentLabel Of(EnvironmentState environment) => new(environment.Current?.Snapshot.Name, KeyMask.Mask(environment.ClientSideKey));

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
    }
}
