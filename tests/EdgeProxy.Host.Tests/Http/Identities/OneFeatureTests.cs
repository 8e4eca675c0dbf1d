using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Identities;

/// <summary><c>GET /api/v1/identities/</c> for one flag (docs/spec/sdk-api.md 4.7).</summary>
public sealed class OneFeatureTests
{
    [Theory]
    [InlineData("env", "olga", "targeted")]
    [InlineData("env", "bob", "targeted")]
    [InlineData("ser.env", "bob", "secret")]
    public async Task Get_OneFeature_ItsFlagAsInTheWholeAnswer(string key, string identifier, string feature)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        var all = await proxy.GetAsync($"/api/v1/identities/?identifier={identifier}", key);
        var one = await proxy.GetAsync($"/api/v1/identities/?identifier={identifier}&feature={feature}", key);

        Assert.Equal(feature, (string?)JsonNode.Parse(one)!["feature"]!["name"]);
        Assert.Contains(one, all, StringComparison.Ordinal);
        Assert.Equal(all, await proxy.GetAsync($"/api/v1/identities/?identifier={identifier}&feature=", key));
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("nothing")]
    public async Task Get_OneFeatureThatTheClientDoesNotGet_NotFound(string feature)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, $"/api/v1/identities/?identifier=bob&feature={feature}", "env");

        Assert.Equal(
            (404, $$"""{"status":"not_found","message":"feature '{{feature}}' not found"}"""),
            ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }
}
