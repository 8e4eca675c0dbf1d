using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>What values a setting takes.</summary>
internal abstract record SettingForm
{
    /// <summary>The same as a JSON Schema (draft 2020-12).</summary>
    public abstract JsonObject Schema();
}
