using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>A whole number within bounds.</summary>
internal class IntegerForm : TypedForm<int>
{
    /// <param name="min">The minimum.</param>
    /// <param name="max">The maximum.</param>
    public IntegerForm(int min, int max)
    {
        Min = min;
        Max = max;
    }

    /// <summary>The minimum.</summary>
    public int Min { get; }

    /// <summary>The maximum.</summary>
    public int Max { get; }

    /// <inheritdoc/>
    public override string Expectation => $"a whole number from {Min} to {Max}";

    /// <inheritdoc/>
    public override int Read(SettingNode node, int otherwise)
    {
        if (node.IsUnset)
        {
            return otherwise;
        }

        if (int.TryParse(node.Scalar(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= Min && value <= Max)
        {
            return value;
        }

        node.Expected(Expectation);
        return otherwise;
    }

    /// <inheritdoc/>
    public override JsonNode? Write(int value) => JsonValue.Create(value);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = Min, ["maximum"] = Max };
}
