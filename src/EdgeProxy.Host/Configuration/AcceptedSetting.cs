using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>The definition of a setting that is accepted and not read.</summary>
internal sealed class AcceptedSetting : Setting
{
    private readonly string? _default;

    /// <param name="name">The name, with dots where it is part of another.</param>
    /// <param name="form">The accepted values.</param>
    /// <param name="defaultJson">The default of the proxies that read it, as JSON; null for none.</param>
    public AcceptedSetting(string name, SettingForm form, string? defaultJson = null)
        : base(name, form)
    {
        _default = defaultJson;
        Support = SettingSupport.WithoutEffect;
    }

    /// <inheritdoc/>
    public override JsonNode? Default => _default is null ? null : JsonNode.Parse(_default);
}
