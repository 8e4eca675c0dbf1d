using System.Text.Json.Nodes;

namespace EdgeProxy.Comparison.Mechanisms;

/// <summary>Runtime configurations of .NET programs (<c>*.runtimeconfig.json</c>).</summary>
internal static class RuntimeConfiguration
{
    /// <summary>The same configuration with one more property that is true.</summary>
    /// <param name="configuration">The configuration, as JSON.</param>
    /// <param name="property">The name of the property.</param>
    public static string With(string configuration, string property)
    {
        var root = JsonNode.Parse(configuration)!;
        var options = root["runtimeOptions"]!.AsObject();
        if (options["configProperties"] is not JsonObject properties)
        {
            properties = new JsonObject();
            options["configProperties"] = properties;
        }

        properties[property] = true;
        return root.ToJsonString();
    }
}
