using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;

namespace EdgeProxy.Host.Tests.Http.Ofrep;

/// <summary>Keys that do not open an environment to OFREP (docs/spec/ofrep.md 2).</summary>
public sealed class OfrepKeyTests
{
    private const string Bulk = "/ofrep/v1/evaluate/flags";

    [Theory]
    [InlineData("?environment=env")]
    [InlineData("?environment=ser.env&key=env&api_key=env")]
    [InlineData("?flagConfigEtag=x&environment=env")]
    public async Task Post_KeyInTheQuery_NotTaken(string query)
    {
        await using var proxy = await OfrepProxy.StartAsync();
        foreach (var path in (string[])[Bulk, $"{Bulk}/banner"])
        {
            using var response = await proxy.Proxy.SendAsync(HttpMethod.Post, path + query, key: null, "{}");

            await CheckUnauthorizedAsync(response);
        }
    }

    [Fact]
    public async Task Post_KeyThatExpires_UnauthorizedFromThenOn()
    {
        await using var polled = await PolledProxy.StartAsync();
        polled.Upstream.SetDocument("ser.found", Encoding.UTF8.GetBytes(Documents.Small("found").ToJsonString()));
        var found = new EnvironmentState("found", [new ServerSideKey("ser.found", polled.Time.GetUtcNow() + TimeSpan.FromHours(1))], EnvironmentKind.Discovered);
        polled.Proxy.Registry.SetDiscovered([found]);
        await polled.Time.AdvanceUntilAsync(TimeSpan.FromMilliseconds(50), () => found.Current is not null, "the document");

        foreach (var key in (string[])["found", "ser.found"])
        {
            using var response = await polled.Proxy.SendAsync(HttpMethod.Post, Bulk, key, "{}");
            Assert.Equal(200, (int)response.StatusCode);
        }

        polled.Time.Advance(TimeSpan.FromHours(1));
        foreach (var key in (string[])["found", "ser.found"])
        {
            using var response = await polled.Proxy.SendAsync(HttpMethod.Post, Bulk, key, "{}");
            await CheckUnauthorizedAsync(response);
        }
    }

    private static async Task CheckUnauthorizedAsync(HttpResponseMessage response)
    {
        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal("GENERAL", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errorCode"]);
    }
}
