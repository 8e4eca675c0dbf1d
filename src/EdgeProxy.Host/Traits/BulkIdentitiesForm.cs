using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Traits;

/// <summary><c>auto</c>, true or false.</summary>
internal sealed class BulkIdentitiesForm : TypedForm<BulkIdentities>
{
    private const string Auto = "auto";

    /// <inheritdoc/>
    public override string Expectation => $"{Auto}, true or false";

    /// <inheritdoc/>
    public override BulkIdentities Read(SettingNode node, BulkIdentities otherwise)
    {
        if (node.IsUnset)
        {
            return otherwise;
        }

        var text = node.Scalar();
        return string.Equals(text, Auto, StringComparison.OrdinalIgnoreCase) ? BulkIdentities.Auto
            : BooleanForm.TryRead(text) is { } isPassed ? isPassed ? BulkIdentities.Always : BulkIdentities.Never
            : Reject(node, otherwise);
    }

    /// <inheritdoc/>
    public override JsonNode? Write(BulkIdentities value) => value == BulkIdentities.Auto ? JsonValue.Create(Auto) : JsonValue.Create(value == BulkIdentities.Always);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["enum"] = new JsonArray(Auto, true, false) };

    private BulkIdentities Reject(SettingNode node, BulkIdentities otherwise)
    {
        node.Expected(Expectation);
        return otherwise;
    }
}
