using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>A list of objects with texts in them.</summary>
/// <param name="Required">The members that each has.</param>
/// <param name="Optional">The members that each may have.</param>
/// <param name="OrText">Whether a text alone will do, too.</param>
internal sealed record ObjectsForm(string[] Required, string[] Optional, bool OrText = false) : SettingForm
{
    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var item = new JsonObject
        {
            ["type"] = OrText ? new JsonArray("object", "string") : "object",
            ["required"] = new JsonArray([.. Required.Select(static name => JsonValue.Create(name))]),
            ["properties"] = new JsonObject([.. Required.Concat(Optional).Select(static name => KeyValuePair.Create<string, JsonNode?>(name, Member(name)))]),
        };
        return new JsonObject { ["type"] = "array", ["items"] = item };
    }

    private static JsonObject Member(string name) => name == "server_side_key"
        ? new JsonObject { ["type"] = "string", ["pattern"] = "^\\s*ser\\." }
        : new JsonObject { ["type"] = "string", ["minLength"] = 1 };
}
