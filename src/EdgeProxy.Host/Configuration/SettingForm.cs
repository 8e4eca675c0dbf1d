using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>The form of a setting's values.</summary>
internal abstract class SettingForm
{
    /// <summary>The values in words, as in "must be …".</summary>
    public abstract string Expectation { get; }

    /// <summary>The values as a JSON Schema (draft 2020-12).</summary>
    public abstract JsonObject Schema();
}
