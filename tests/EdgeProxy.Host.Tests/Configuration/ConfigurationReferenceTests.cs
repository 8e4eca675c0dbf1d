using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;
using EdgeProxy.Testing;

namespace EdgeProxy.Host.Tests.Configuration;

/// <summary>docs/configuration.md, the schema beside it and the settings cannot drift apart.</summary>
/// <remarks>With EDGE_PROXY_UPDATE_REFERENCE=1 these tests write both anew instead of comparing.</remarks>
public sealed class ConfigurationReferenceTests
{
    private const string Page = "docs/configuration.md";
    private const string Schema = "docs/config.schema.json";

    private static bool IsUpdate => Environment.GetEnvironmentVariable("EDGE_PROXY_UPDATE_REFERENCE") == "1";

    public static TheoryData<string> Kinds => [.. Enum.GetNames<SettingSupport>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Page_TableOfEachKind_AsTheCatalogHasIt(string kind)
    {
        var table = SettingReference.Table(ProxySettings.Catalog, Enum.Parse<SettingSupport>(kind));
        var page = Repository.Read(Page);
        var start = $"<!-- settings: {kind} -->\n";
        var from = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = page.IndexOf("<!-- end -->", from, StringComparison.Ordinal);
        Assert.True(from >= start.Length && to >= from, $"no table of {kind}");
        if (IsUpdate)
        {
            File.WriteAllText(Repository.PathOf(Page), page[..from] + table + page[to..]);
            return;
        }

        Assert.Equal(table, page[from..to]);
    }

    [Fact]
    public void Schema_OfTheFile_AsTheCatalogHasIt()
    {
        var schema = SettingSchema.Create(ProxySettings.Catalog);
        if (IsUpdate)
        {
            var options = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            File.WriteAllText(Repository.PathOf(Schema), schema.ToJsonString(options) + "\n");
            return;
        }

        Assert.True(JsonNode.DeepEquals(schema, JsonNode.Parse(Repository.Read(Schema))), "run the test with EDGE_PROXY_UPDATE_REFERENCE=1");
    }
}
