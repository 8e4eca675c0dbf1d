using System.Text.Json.Nodes;
using EdgeProxy.Engine.Rendering.Ofrep;
using EdgeProxy.Host.Http.Ofrep;

namespace EdgeProxy.Host.Tests.Http.Ofrep;

/// <summary>The golden table of values, reasons, variants and metadata (docs/spec/ofrep.md 4 and 5), for both kinds of keys.</summary>
public sealed class OfrepFlagTests : IAsyncLifetime
{
    private const string Nobody = "{}";
    private const string Somebody = """{"context":{"targetingKey":"somebody"}}""";
    private const string Pro = """{"context":{"targetingKey":"somebody","plan":"pro"}}""";
    private const string Olga = """{"context":{"targetingKey":"olga","plan":"pro"}}""";

    private OfrepProxy _proxy = null!;

    /// <summary>Feature, body, the flag for servers, and what metadata lacks for clients.</summary>
    public static TheoryData<string, string, string, string> Flags => new()
    {
        { "banner", Nobody, """{"value":"hello","reason":"DEFAULT","variant":"enabled","metadata":{"enabled":true,"featureId":1}}""", "" },
        { "banner", Somebody, """{"value":"hello","reason":"DEFAULT","variant":"enabled","metadata":{"enabled":true,"featureId":1}}""", "" },
        { "banner", Pro, """{"value":"pro banner","reason":"TARGETING_MATCH","variant":"enabled","metadata":{"enabled":true,"featureId":1,"segment":"pros"}}""", "segment" },
        { "banner", Olga, """{"value":"own","reason":"TARGETING_MATCH","variant":"enabled","metadata":{"enabled":true,"featureId":1,"segment":"identity_overrides"}}""", "segment" },
        { "maintenance", Somebody, """{"value":false,"reason":"STATIC","variant":"disabled","metadata":{"enabled":false,"featureId":2}}""", "" },
        { "off-value", Somebody, """{"reason":"DISABLED","variant":"disabled","metadata":{"enabled":false,"featureId":4}}""", "" },
        { "config", Somebody, """{"value":"{\"a\":[1,\"x\"]}","reason":"STATIC","variant":"enabled","metadata":{"enabled":true,"featureId":5}}""", "" },
        { "ratio", Somebody, """{"value":"0.50","reason":"STATIC","variant":"enabled","metadata":{"enabled":true,"featureId":6}}""", "" },
        { "empty", Somebody, """{"value":true,"reason":"STATIC","variant":"enabled","metadata":{"enabled":true,"featureId":7}}""", "" },
        { "empty-off", Somebody, """{"value":false,"reason":"STATIC","variant":"disabled","metadata":{"enabled":false,"featureId":8}}""", "" },
        { "switch", Somebody, """{"value":true,"reason":"STATIC","variant":"enabled","metadata":{"enabled":true,"featureId":9}}""", "" },
        { "yes", Somebody, """{"value":true,"reason":"STATIC","variant":"enabled","metadata":{"enabled":true,"featureId":10}}""", "" },
        { "split", Somebody, """{"value":"red value","reason":"SPLIT","variant":"red","metadata":{"enabled":true,"featureId":11,"weight":"100"}}""", "weight" },
        { "split", Nobody, """{"value":"control value","reason":"DEFAULT","variant":"enabled","metadata":{"enabled":true,"featureId":11}}""", "" },
        { "split-control", Somebody, """{"value":"control value","reason":"DEFAULT","variant":"control","metadata":{"enabled":true,"featureId":12}}""", "" },
        { "split-control", Nobody, """{"value":"control value","reason":"DEFAULT","variant":"enabled","metadata":{"enabled":true,"featureId":12}}""", "" },
        { "split-empty", Somebody, """{"value":"","reason":"SPLIT","variant":"enabled","metadata":{"enabled":true,"featureId":13,"weight":"99.9"}}""", "weight" },
        { "split-off", Somebody, """{"reason":"DISABLED","variant":"red","metadata":{"enabled":false,"featureId":14,"weight":"100"}}""", "weight" },
        { "split-pro", Pro, """{"value":"blue value","reason":"SPLIT","variant":"blue","metadata":{"enabled":true,"featureId":15,"segment":"pros","weight":"100"}}""", "segment weight" },
        { "off-pro", Pro, """{"reason":"DISABLED","variant":"disabled","metadata":{"enabled":false,"featureId":16,"segment":"pros"}}""", "segment" },
        { "off-pro", Somebody, """{"value":"x","reason":"DEFAULT","variant":"enabled","metadata":{"enabled":true,"featureId":16}}""", "" },
        { "loop-a", Somebody, """{"value":"a","reason":"ERROR","variant":"enabled","metadata":{"enabled":true,"featureId":17}}""", "" },
        { "big-id", Somebody, """{"value":1,"reason":"STATIC","variant":"enabled","metadata":{"enabled":true}}""", "" },
    };

    public async Task InitializeAsync() => _proxy = await OfrepProxy.StartAsync();

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Theory]
    [MemberData(nameof(Flags))]
    public async Task Post_OneFlagAndAll_TheRowOfTheTable(string feature, string body, string expected, string serverOnly)
    {
        var flag = JsonNode.Parse(expected)!;
        flag["key"] = feature;
        await CheckAsync(OfrepDocument.ServerKey, feature, body, flag);

        foreach (var member in serverOnly.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            flag["metadata"]!.AsObject().Remove(member);
        }

        await CheckAsync(OfrepDocument.Key, feature, body, flag);
    }

    [Theory]
    [InlineData("off-value", """{"value":"none","reason":"DEFAULT","variant":"disabled","metadata":{"enabled":false,"featureId":4}}""")]
    [InlineData("split-off", """{"value":"red value","reason":"SPLIT","variant":"red","metadata":{"enabled":false,"featureId":14}}""")]
    [InlineData("maintenance", """{"value":false,"reason":"STATIC","variant":"disabled","metadata":{"enabled":false,"featureId":2}}""")]
    public async Task Post_ValuesOfDisabledFlagsWanted_TheyAreThere(string feature, string expected)
    {
        var document = OfrepDocument.Create();
        document["project"]!["segments"]!.AsArray().Add(OfrepDocument.Segment(14, "nobody", "plan", "EQUAL", "none", Testing.Documents.State(4, "off-value", true, "x")));
        await using var proxy = await OfrepProxy.StartAsync(document, new OfrepOptions { ReturnValueForDisabledFlags = true });
        var flag = JsonNode.Parse(expected)!;
        flag["key"] = feature;

        AssertJson.Equal(flag.ToJsonString(), await proxy.GetFlagAsync(OfrepDocument.Key, feature, Somebody));
    }

    [Theory]
    [InlineData("config", "Objects", """{"a":[1,"x"]}""")]
    [InlineData("ratio", "Objects", "\"0.50\"")]
    [InlineData("ratio", "Numbers", "0.50")]
    public async Task Post_StringsParsed_ObjectsAndNumbers(string feature, string parsing, string expected)
    {
        await using var proxy = await OfrepProxy.StartAsync(options: new OfrepOptions { ParseStrings = Enum.Parse<StringParsing>(parsing) });

        AssertJson.Equal(expected, JsonNode.Parse(await proxy.GetFlagAsync(OfrepDocument.Key, feature, Somebody))!["value"]!.ToJsonString());
    }

    [Fact]
    public async Task Post_FeatureForServersOnly_NotThereForClients()
    {
        AssertJson.Equal(
            """{"key":"secret","value":7,"reason":"STATIC","variant":"enabled","metadata":{"enabled":true,"featureId":3}}""",
            await _proxy.GetFlagAsync(OfrepDocument.ServerKey, "secret", Somebody));
        await CheckHiddenAsync(_proxy, "secret", Somebody);
    }

    [Fact]
    public async Task Post_DisabledFlagsHidden_JudgedAfterEvaluation()
    {
        var document = OfrepDocument.Create();
        document["hide_disabled_flags"] = true;
        await using var proxy = await OfrepProxy.StartAsync(document);

        await CheckHiddenAsync(proxy, "off-pro", Pro);
        await CheckHiddenAsync(proxy, "maintenance", Nobody);
        Assert.Contains("off-pro", (await proxy.GetAllAsync(OfrepDocument.Key, Somebody)).Keys);
        Assert.Contains("off-pro", (await proxy.GetAllAsync(OfrepDocument.ServerKey, Pro)).Keys);
    }

    [Fact]
    public async Task Post_All_InDocumentOrder()
    {
        var names = OfrepDocument.Create()["feature_states"]!.AsArray().Select(static state => (string)state!["feature"]!["name"]!);

        foreach (var body in (string[])[Nobody, Somebody, Pro])
        {
            Assert.Equal(names, (await _proxy.GetAllAsync(OfrepDocument.ServerKey, body)).Keys);
            Assert.Equal(names.Where(static name => name != "secret"), (await _proxy.GetAllAsync(OfrepDocument.Key, body)).Keys);
        }
    }

    [Fact]
    public async Task Post_NoFeatures_NoFlags()
    {
        var document = OfrepDocument.Create();
        document["feature_states"] = new JsonArray();
        await using var proxy = await OfrepProxy.StartAsync(document);

        using var response = await proxy.SendAllAsync(OfrepDocument.Key, Somebody);

        Assert.Equal("""{"flags":[]}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Post_ResponseMetadata_TheTimeOfTheDocument()
    {
        await using var proxy = await OfrepProxy.StartAsync(options: new OfrepOptions { HasResponseMetadata = true });
        foreach (var body in (string[])[Nobody, Somebody, Pro])
        {
            using var response = await proxy.SendAllAsync(OfrepDocument.Key, body);

            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal("2026-11-01T12:00:00.250000+00:00", (string?)answer["metadata"]!["version"]);
        }
    }

    /// <summary>Both answers have the flag: the single one as it is, the one with all among others.</summary>
    private async Task CheckAsync(string key, string feature, string body, JsonNode flag)
    {
        AssertJson.Equal(flag.ToJsonString(), await _proxy.GetFlagAsync(key, feature, body));
        AssertJson.Equal(flag.ToJsonString(), (await _proxy.GetAllAsync(key, body))[feature].ToJsonString());
    }

    private static async Task CheckHiddenAsync(OfrepProxy proxy, string feature, string body)
    {
        using var response = await proxy.SendAsync(OfrepDocument.Key, feature, body);
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("FLAG_NOT_FOUND", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errorCode"]);
        Assert.DoesNotContain(feature, (await proxy.GetAllAsync(OfrepDocument.Key, body)).Keys);
    }
}
