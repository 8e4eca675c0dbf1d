using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Configuration;

/// <summary>Renders settings as text: the defaults, for a new file, and the current settings, for inspection.</summary>
internal static class ConfigurationRendering
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Renders every setting that has a default, as the content of a <c>config.json</c>.</summary>
    public static string Defaults(SettingCatalog catalog)
    {
        var sources = new SettingsSources(catalog);
        foreach (var setting in catalog.All.Where(static setting => setting is { Support: not SettingSupport.NotSupported, IsVariableOnly: false }))
        {
            if ((setting.Default ?? (setting.InitialValue is { } initial ? JsonNode.Parse(initial) : null)) is { } value)
            {
                sources.Set(setting.Name, value);
            }
        }

        return Render(sources.Tree);
    }

    /// <summary>The settings, without secrets.</summary>
    public static string Masked(SettingCatalog catalog, JsonObject tree) => Render(MaskedTree(catalog, tree));

    /// <summary>A copy of the settings, without secrets.</summary>
    public static JsonObject MaskedTree(SettingCatalog catalog, JsonObject tree)
    {
        var copy = tree.DeepClone().AsObject();
        Mask(catalog, copy, "");
        return copy;
    }

    private static void Mask(SettingCatalog catalog, JsonObject tree, string prefix)
    {
        foreach (var (name, value) in tree.ToList())
        {
            var path = prefix + name;
            if (catalog.IsSecret(path))
            {
                tree[name] = MaskAll(value);
            }
            else if (value is JsonObject child)
            {
                Mask(catalog, child, $"{path}.");
            }
            else if (value is JsonArray items)
            {
                MaskKeys(items);
            }
        }
    }

    /// <summary>Masks keys inside other values, such as those of documents in files.</summary>
    private static void MaskKeys(JsonArray items)
    {
        foreach (var item in items.OfType<JsonObject>())
        {
            foreach (var name in item.Where(static member => member.Key.EndsWith("_key", StringComparison.Ordinal)).Select(static member => member.Key).ToList())
            {
                item[name] = MaskAll(item[name]);
            }
        }
    }

    private static JsonNode? MaskAll(JsonNode? node) => node switch
    {
        null => null,
        JsonObject json => new JsonObject(json.Select(static member => KeyValuePair.Create(member.Key, MaskAll(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(MaskAll)]),
        _ => JsonValue.Create(KeyMask.Mask(node.ToString())),
    };

    private static string Render(JsonObject tree)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory, Indented))
        {
            tree.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }
}
