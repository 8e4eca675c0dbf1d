using System.Text.Json;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>A flag of an answer.</summary>
/// <param name="Enabled">True if the flag is on.</param>
/// <param name="Value">Its value.</param>
/// <param name="Members">The other members, by name and content.</param>
internal sealed record ComparedFlag(bool Enabled, JsonElement Value, string Members)
{
    private const int ShownCharacters = 60;

    /// <summary>Describes the flag: <c>on with "insights"</c>.</summary>
    public override string ToString()
    {
        var value = Value.ValueKind == JsonValueKind.Undefined ? "no value" : Value.GetRawText();
        return $"{(Enabled ? "on" : "off")} with {(value.Length <= ShownCharacters ? value : $"{value.AsSpan(0, ShownCharacters)}…")}";
    }
}
