using System.Text.Json.Nodes;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Ofrep;

/// <summary>
/// The golden table of contexts and errors (docs/spec/ofrep.md 3 and 8): each row is a request and its answer, byte for byte,
/// for a client-side and a server-side key. <see cref="OfrepFlagTests"/> has the table of values, reasons and metadata.
/// </summary>
public sealed class OfrepGoldenTests : IAsyncLifetime
{
    private const int MaxBodyBytes = 20_000;
    private const int MaxTraits = 3;

    private TestProxy _proxy = null!;

    /// <summary>Contexts, the value of <c>banner</c>, and the segment that it is of, as servers learn it.</summary>
    public static TheoryData<string, string, string?> Contexts => new()
    {
        { "", "hello", null },
        { "{}", "hello", null },
        { """{"context":null}""", "hello", null },
        { """{"context":{}}""", "hello", null },
        { """{"context":{"targetingKey":"olga"}}""", "own", "identity_overrides" },
        { """{"context":{"targetingKey":7}}""", "seven", "identity_overrides" },
        { """{"context":{"targetingKey":7.50}}""", "seven and a half", "identity_overrides" },
        { """{"context":{"targetingKey":"Olga"}}""", "hello", null },
        { """{"context":{"plan":"pro"}}""", "pro banner", "pros" },
        { """{"context":{"targetingKey":null,"plan":"pro"}}""", "pro banner", "pros" },
        { """{"context":{"targetingKey":"","plan":"pro"}}""", "pro banner", "pros" },
        { """{"context":{"targetingKey":""}}""", "hello", null },
        { """{"context":{"targetingKey":"x","plan":"pro"}}""", "pro banner", "pros" },
        { """{"context":{"targetingKey":"x","plan":"free","plan":"pro"}}""", "pro banner", "pros" },
        { """{"context":{"targetingKey":"x","traits":{"plan":"pro"}}}""", "pro banner", "pros" },
        { """{"context":{"targetingKey":"x","plan":"free","traits":{"plan":"pro"}}}""", "pro banner", "pros" },
        { """{"context":{"targetingKey":"x","traits":"some"}}""", "by traits", "named traits" },
        { """{"context":{"targetingKey":"x","seats":7}}""", "seven seats", "seats" },
        { """{"context":{"targetingKey":"x","vip":true}}""", "for VIPs", "vips" },
        { """{"context":{"targetingKey":"x","since":"2026-01-01T00:00:00.000Z"}}""", "since", "new ones" },
        { """{"context":{"targetingKey":"x","plan":null}}""", "hello", null },
        { """{"context":{"targetingKey":"x","plan":{"a":"pro"}}}""", "hello", null },
        { """{"context":{"targetingKey":"x","plan":["pro"]}}""", "hello", null },
        { """{"context":{"targetingKey":"x","a":1,"b":{},"c":[],"d":2,"seats":7}}""", "seven seats", "seats" },
    };

    /// <summary>Unusable bodies: the status, the code, and the details.</summary>
    public static TheoryData<string, int, string, string> Errors => new()
    {
        { "{", 400, "PARSE_ERROR", "The body is not JSON in UTF-8" },
        { "context", 400, "PARSE_ERROR", "The body is not JSON in UTF-8" },
        { "[]", 400, "INVALID_CONTEXT", "The body must be a JSON object" },
        { "null", 400, "INVALID_CONTEXT", "The body must be a JSON object" },
        { """{"context":[]}""", 400, "INVALID_CONTEXT", "context must be an object" },
        { """{"context":"x"}""", 400, "INVALID_CONTEXT", "context must be an object" },
        { """{"context":{"targetingKey":true}}""", 400, "INVALID_CONTEXT", "targetingKey must be a string or a number" },
        { """{"context":{"targetingKey":{}}}""", 400, "INVALID_CONTEXT", "targetingKey must be a string or a number" },
        { """{"context":{"targetingKey":"x","a":1,"b":2,"c":null,"d":4}}""", 400, "INVALID_CONTEXT", "context has more attributes than limits.max_traits allows" },
    };

    public async Task InitializeAsync()
    {
        var document = OfrepDocument.Create();
        var overrides = document["identity_overrides"]!.AsArray();
        overrides.Add(Documents.Override("7", Banner("seven")));
        overrides.Add(Documents.Override("7.50", Banner("seven and a half")));
        var segments = document["project"]!["segments"]!.AsArray();
        segments.Add(OfrepDocument.Segment(21, "named traits", "traits", "EQUAL", "some", Banner("by traits")));
        segments.Add(OfrepDocument.Segment(22, "seats", "seats", "EQUAL", "7", Banner("seven seats")));
        segments.Add(OfrepDocument.Segment(23, "vips", "vip", "EQUAL", "true", Banner("for VIPs")));
        segments.Add(OfrepDocument.Segment(24, "new ones", "since", "EQUAL", "2026-01-01T00:00:00.000Z", Banner("since")));
        segments.Add(OfrepDocument.Segment(25, "long ones", "long", "CONTAINS", "x", Banner("long")));
        var limits = new IdentityOptions { MaxRequestBodyBytes = MaxBodyBytes, MaxTraits = MaxTraits };
        _proxy = await TestProxy.ServeAsync(new ProxyOptions { Identities = limits }, document.ToJsonString());
    }

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Theory]
    [MemberData(nameof(Contexts))]
    public async Task Post_Context_TheFlag(string body, string value, string? segment)
    {
        var reason = segment is null ? "DEFAULT" : "TARGETING_MATCH";
        var known = $$$"""{"key":"banner","value":"{{{value}}}","reason":"{{{reason}}}","variant":"enabled","metadata":{"enabled":true,"featureId":1""";
        foreach (var (key, metadata) in ((string, string)[])[("env", ""), ("ser.env", segment is null ? "" : $",\"segment\":\"{segment}\"")])
        {
            var flag = $"{known}{metadata}}}}}";

            Assert.Equal((200, flag), await PostAsync(key, "/banner", body));
            var (status, all) = await PostAsync(key, "", body);
            Assert.Equal(200, status);
            Assert.StartsWith($"{{\"flags\":[{flag},", all, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Post_UnusableBody_TheError(string body, int status, string code, string details)
    {
        var error = $$$"""errorCode":"{{{code}}}","errorDetails":"{{{details}}}","metadata":{}}""";
        foreach (var key in (string[])["env", "ser.env"])
        {
            Assert.Equal((status, $"{{\"key\":\"banner\",\"{error}"), await PostAsync(key, "/banner", body));
            Assert.Equal((status, $"{{\"{error}"), await PostAsync(key, "", body));
        }
    }

    [Fact]
    public async Task Post_TooLong_AttributesIgnoredAndTheRestRefused()
    {
        const string Details = "targetingKey must be text of at most 2000 characters";
        var text = $"\"{new string('x', 2001)}\"";
        var number = new string('7', 1025);

        await Post_Context_TheFlag($$$"""{"context":{"targetingKey":"x","long":{{{text}}}}}""", "hello", segment: null);
        await Post_Context_TheFlag($$$"""{"context":{"targetingKey":"x","seats":{{{number}}}}}""", "hello", segment: null);
        await Post_UnusableBody_TheError($$$"""{"context":{"targetingKey":{{{text}}}}}""", 400, "INVALID_CONTEXT", Details);
        await Post_UnusableBody_TheError($$$"""{"context":{"targetingKey":{{{number}}}}}""", 400, "INVALID_CONTEXT", Details);
        await Post_UnusableBody_TheError(new string(' ', MaxBodyBytes) + "{}", 413, "INVALID_CONTEXT", "The body is larger than 20000 bytes");
    }

    [Theory]
    [InlineData("env", "/no%20such", "no such")]
    [InlineData("ser.env", "/no%20such", "no such")]
    [InlineData("env", "/secret", "secret")] // for servers only
    public async Task Post_NoSuchFlag_TheError(string key, string path, string flag) => Assert.Equal(
        (404, $$$"""{"key":"{{{flag}}}","errorCode":"FLAG_NOT_FOUND","errorDetails":"The environment has no such flag, or not for this key","metadata":{}}"""),
        await PostAsync(key, path, "{}"));

    [Theory]
    [InlineData("", "")]
    [InlineData("/banner", "\"key\":\"banner\",")]
    public async Task Send_NoKeyOrAnotherMethod_TheError(string path, string key)
    {
        const string Rest = "\",\"metadata\":{}}";
        Assert.Equal((401, $$"""{{{key}}"errorCode":"GENERAL","errorDetails":"unknown environment key{{Rest}}"""), await PostAsync("nobody", path, "{}"));
        foreach (var environmentKey in (string[])["env", "ser.env"])
        {
            using var response = await _proxy.SendAsync(HttpMethod.Get, $"/ofrep/v1/evaluate/flags{path}", environmentKey);
            Assert.Equal(405, (int)response.StatusCode);
            Assert.Equal(["POST"], response.Content.Headers.Allow);
            Assert.Equal($$"""{{{key}}"errorCode":"GENERAL","errorDetails":"Method Not Allowed{{Rest}}""", await response.Content.ReadAsStringAsync());
        }
    }

    private static JsonObject Banner(string value) => Documents.State(1, "banner", true, value);

    private async Task<(int Status, string Body)> PostAsync(string key, string path, string body)
    {
        using var response = await _proxy.SendAsync(HttpMethod.Post, $"/ofrep/v1/evaluate/flags{path}", key, body);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
