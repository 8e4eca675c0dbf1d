using System.Net;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>Keys and environment flags (docs/spec/sdk-api.md 2 and 3).</summary>
public sealed class FlagsEndpointTests
{
    [Theory]
    [InlineData("/api/v1/flags/")]
    [InlineData("/api/v1/flags")]
    [InlineData("/api/v1/flags/?feature=")]
    public async Task Get_ServerKey_AllFlagsInDocumentOrder(string target)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        var flags = await proxy.GetAsync(target, "ser.env");

        AssertJson.Equal(
            """
            [{"feature":{"id":1,"name":"plain","type":"STANDARD"},"enabled":true,"feature_state_value":"blue"},
             {"feature":{"id":2,"name":"off","type":"STANDARD"},"enabled":false,"feature_state_value":null},
             {"feature":{"id":3,"name":"secret","type":"STANDARD"},"enabled":true,"feature_state_value":7},
             {"feature":{"id":4,"name":"targeted","type":"STANDARD"},"enabled":false,"feature_state_value":"none"}]
            """,
            flags);
    }

    [Fact]
    public async Task Get_ClientKey_NoFeaturesForServersOnly()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        Assert.Equal(["plain", "off", "targeted"], Names(await proxy.GetAsync("/api/v1/flags/", "env")));
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, false)]
    public async Task Get_ClientKey_DisabledFlagsHiddenByEnvironmentElseByProject(bool project, bool? environment, bool isHidden)
    {
        var document = Documents.Small("env");
        document["project"]!["hide_disabled_flags"] = project;
        document["hide_disabled_flags"] = environment;
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());

        string[] expected = isHidden ? ["plain"] : ["plain", "off", "targeted"];
        Assert.Equal(expected, Names(await proxy.GetAsync("/api/v1/flags/", "env")));
        Assert.Equal(["plain", "off", "secret", "targeted"], Names(await proxy.GetAsync("/api/v1/flags/", "ser.env")));
    }

    [Theory]
    [InlineData("ser.env", "plain", 200)]
    [InlineData("env", "plain", 200)]
    [InlineData("ser.env", "secret", 200)]
    [InlineData("env", "secret", 404)]
    [InlineData("ser.env", "missing", 404)]
    public async Task Get_OneFeature_ItOrNotFound(string key, string feature, int status)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, $"/api/v1/flags/?feature={feature}", key);

        Assert.Equal(status, (int)response.StatusCode);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        if (status == 200)
        {
            Assert.Equal(feature, (string?)body["feature"]!["name"]);
        }
        else
        {
            AssertJson.Equal($$"""{"status":"not_found","message":"feature '{{feature}}' not found"}""", body.ToJsonString());
        }
    }

    [Theory]
    [InlineData("f%C3%A9%20ature%2F7")]
    [InlineData("f%C3%A9+ature%2F7")]
    [InlineData("other&feature=f%C3%A9+ature/7")]
    public async Task Get_OneFeatureEncoded_Found(string encoded)
    {
        var document = Documents.Small("env");
        document["feature_states"]!.AsArray().Add(Documents.State(9, "fé ature/7", true, 1));
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());

        var flag = await proxy.GetAsync($"/api/v1/flags/?feature={encoded}", "env");

        Assert.Equal("fé ature/7", (string?)JsonNode.Parse(flag)!["feature"]!["name"]);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("nobody", "nobody")]
    [InlineData("ser.nobody", "ser.nobody")]
    [InlineData("o'brien\"", "o'brien\"")]
    public async Task Get_UnknownKey_Unauthorized(string? key, string echoed)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", key);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("unauthorized", (string?)body["status"]);
        Assert.Equal($"unknown key '{echoed}'", (string?)body["message"]);
    }

    [Fact]
    public async Task Get_AnyAnswer_SaysWhenTheDocumentChanged()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env");

        Assert.Equal(["1793534400.25"], response.Headers.GetValues("X-Flagsmith-Document-Updated-At"));
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(response.Content.Headers.ContentLength);
        Assert.Null(response.Headers.TransferEncodingChunked);
    }

    private static string[] Names(string flags) =>
        [.. JsonNode.Parse(flags)!.AsArray().Select(static flag => (string)flag!["feature"]!["name"]!)];
}
