using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>A document that changes while its pages are fetched: its versions are not mixed, as long as that can be had.</summary>
public sealed class ChangingPagesTests
{
    private int _version;
    private int _changes;

    [Fact]
    public async Task Poll_ChangesBetweenTwoPages_FetchedAgainUntilTheyAreOfOneVersion()
    {
        await using var polled = await StartAsync(changes: 1);

        Assert.Equal("1", await ValueAsync(polled, "page1"));
        Assert.Equal("1", await ValueAsync(polled, "nobody", "plain"));
        Assert.Equal(4, polled.Upstream.Requests.Count);
        Assert.DoesNotContain(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.FetchMixedPages);
    }

    [Fact]
    public async Task Poll_ChangesBetweenAnyTwoPages_ServedWithAWarningAndAskedForAgain()
    {
        await using var polled = await StartAsync(changes: 3);

        Assert.Equal("2", await ValueAsync(polled, "nobody", "plain"));
        Assert.Equal("3", await ValueAsync(polled, "page1"));
        Assert.Equal(6, polled.Upstream.Requests.Count);
        Assert.Single(polled.Proxy.Log.Entries, static entry => entry.EventId == EventIds.FetchMixedPages);

        await polled.PollAsync();
        await Patience.UntilAsync(async () => await ValueAsync(polled, "nobody", "plain") == "3", "the whole of the last version");
    }

    private Task<PolledProxy> StartAsync(int changes)
    {
        _changes = changes;
        return PolledProxy.StartAsync(prepare: upstream => upstream.Behaviour = AnswerAsync);
    }

    /// <summary>Two pages; the document changes between them so many times.</summary>
    private async Task AnswerAsync(HttpContext context)
    {
        var isFirst = !context.Request.Query.ContainsKey("page_id");
        var document = Documents.Small("env");
        document["updated_at"] = $"2026-11-01T12:00:0{_version}Z";
        document["feature_states"]![0]!["feature_state_value"] = $"{_version}";
        document["identity_overrides"] = new JsonArray(
            Documents.Override(isFirst ? "page0" : "page1", Documents.State(4, "targeted", true, $"{_version}")));
        if (isFirst)
        {
            context.Response.Headers.Link = "<?page_id=1>; rel=\"next\"";
            if (_changes > 0)
            {
                _changes--;
                _version++;
            }
        }

        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(document.ToJsonString()));
    }

    private static async Task<string?> ValueAsync(PolledProxy polled, string identifier, string feature = "targeted")
    {
        var answer = JsonNode.Parse(await polled.Proxy.GetAsync($"/api/v1/identities/?identifier={identifier}", "env"))!;
        return (string?)answer["flags"]!.AsArray().Single(flag => (string?)flag!["feature"]!["name"] == feature)!["feature_state_value"];
    }
}
