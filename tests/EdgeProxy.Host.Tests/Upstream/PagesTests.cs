using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>Documents in pages (docs/spec/upstream-api.md 2.3).</summary>
public sealed class PagesTests
{
    [Theory]
    [InlineData("</api/v1/environment-document/?page_id={0}>; rel=\"next\"")]
    [InlineData("<{1}api/v1/environment-document/?page_id={0}>; rel=next; title=\"a, b\"")]
    [InlineData("</elsewhere>; rel=\"prev\", <?page_id={0}>; REL=\"first next\"")]
    public async Task Poll_Pages_OverridesOfAllPages(string link)
    {
        await using var polled = await PolledProxy.StartAsync(
            prepare: upstream => upstream.Behaviour = context => AnswerPageAsync(context, upstream.Address, link, pages: 3));

        foreach (var identifier in new[] { "page0", "page1", "page2" })
        {
            var answer = await polled.Proxy.GetAsync($"/api/v1/identities/?identifier={identifier}", "env");
            Assert.Contains($"\"own {identifier}\"", answer, StringComparison.Ordinal);
        }

        Assert.Equal("", polled.Upstream.Requests.Last().Header("If-None-Match"));
        Assert.Equal(3, polled.Upstream.Requests.Count);
        var merged = JsonNode.Parse(await polled.Proxy.GetAsync("/api/v1/environment-document/", "ser.env"))!;
        Assert.Equal(3, merged["identity_overrides"]!.AsArray().Count);
        Assert.NotNull(merged["unknown"]);
    }

    private static async Task AnswerPageAsync(HttpContext context, Uri address, string link, int pages)
    {
        var page = int.Parse(context.Request.Query["page_id"].FirstOrDefault() ?? "0");
        var document = Documents.Small("env");
        document["identity_overrides"] = new JsonArray(
            Documents.Override($"page{page}", Documents.State(4, "targeted", true, $"own page{page}")));
        if (page > 0)
        {
            document["feature_states"] = new JsonArray(); // only overrides count on further pages
        }

        if (page + 1 < pages)
        {
            context.Response.Headers.Link = string.Format(null, link, page + 1, address);
        }

        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(document.ToJsonString()));
    }
}
