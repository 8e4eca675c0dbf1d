using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>The JSON Schema (draft 2020-12) of <c>config.json</c>, for editors.</summary>
internal static class SettingSchema
{
    /// <summary>Creates the schema.</summary>
    public static JsonObject Create(SettingCatalog catalog)
    {
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "EdgeProxy config.json",
            ["type"] = "object",
            ["properties"] = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" } },
        };
        foreach (var setting in catalog.All.Where(static setting => !setting.IsVariableOnly))
        {
            foreach (var name in setting.Names)
            {
                Add(root, name.Split('.'), Describe(setting, name));
            }

            if (setting.FileName is { } file)
            {
                var schema = new TextForm().Schema();
                schema["description"] = $"A file with the value of {setting.Name}";
                Add(root, file.Split('.'), schema);
            }
        }

        return root;
    }

    private static JsonObject Describe(Setting setting, string name)
    {
        var schema = setting.Form.Schema();
        schema["description"] = setting.Support switch
        {
            SettingSupport.WithoutEffect => $"Accepted without effect: {setting.Meaning}",
            SettingSupport.NotSupported => "Accepted, and not supported yet",
            _ when name != setting.Name => $"The same as {setting.Name}",
            _ => setting.Meaning,
        };
        if (setting.Default is { } node)
        {
            schema["default"] = node;
        }

        return schema;
    }

    private static void Add(JsonObject schema, ReadOnlySpan<string> path, JsonObject leaf)
    {
        var properties = schema["properties"]!.AsObject();
        if (path.Length == 1)
        {
            properties[path[0]] = leaf;
            return;
        }

        properties[path[0]] ??= new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() };
        Add(properties[path[0]]!.AsObject(), path[1..], leaf);
    }
}
