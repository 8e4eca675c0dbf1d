using System.Reflection;
using System.Text.Json;

namespace EdgeProxy.Engine.Tests.Languages.Regexes.Python;

/// <summary>Recorded results of Python; see Corpus/generate.py beside this file.</summary>
internal static class Corpus
{
    public static JsonElement[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Regexes/Python/{name}");
        Assert.NotNull(stream);
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    public static string[] Texts(JsonElement element) => [.. element.EnumerateArray().Select(static text => text.GetString()!)];
}
