using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>True or false, in all the spellings of pydantic, which the Python proxy reads its settings with.</summary>
internal sealed class BooleanForm : TypedForm<bool>
{
    private static readonly HashSet<string> Yes = new(StringComparer.OrdinalIgnoreCase) { "true", "yes", "on", "y", "t", "1" };
    private static readonly HashSet<string> No = new(StringComparer.OrdinalIgnoreCase) { "false", "no", "off", "n", "f", "0" };

    /// <inheritdoc/>
    public override string Expectation => "true or false";

    /// <inheritdoc/>
    public override bool Read(SettingNode node, bool otherwise)
    {
        if (node.IsUnset)
        {
            return otherwise;
        }

        if (TryRead(node.Scalar()) is { } value)
        {
            return value;
        }

        node.Expected(Expectation);
        return otherwise;
    }

    /// <summary>Reads a text; null if it is neither.</summary>
    public static bool? TryRead(string text) => Yes.Contains(text) ? true : No.Contains(text) ? false : null;

    /// <inheritdoc/>
    public override JsonNode? Write(bool value) => JsonValue.Create(value);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}
