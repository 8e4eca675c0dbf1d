using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Upstream.Chaining;

/// <summary>A proxy whose upstream is a proxy (docs/configuration.md, "Chaining").</summary>
public sealed class ChainingTests : IAsyncLifetime
{
    private FakeUpstream _upstream = null!;

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        _upstream.SetDocument("ser.env", ProxyTree.Document("first"));
        _upstream.LastModified = "Sun, 01 Nov 2026 12:00:00 GMT";
    }

    public async Task DisposeAsync() => await _upstream.DisposeAsync();

    [Fact]
    public async Task Tree_Loaded_LeafAnswersAsTheRoot()
    {
        await using var tree = await ProxyTree.StartAsync(_upstream);
        await tree.WaitForAsync("first");

        foreach (var (target, key) in new[] { ("/api/v1/flags/", "env"), ("/api/v1/flags/", "ser.env"), ("/api/v1/identities/?identifier=olga", "env"), ("/api/v1/environment-document/", "ser.env") })
        {
            using var root = await tree.Root.SendAsync(HttpMethod.Get, target, key);
            using var leaf = await tree.Leaf.SendAsync(HttpMethod.Get, target, key);
            Assert.Equal(HttpStatusCode.OK, leaf.StatusCode);
            Assert.Equal(await root.Content.ReadAsByteArrayAsync(), await leaf.Content.ReadAsByteArrayAsync());
            Assert.Equal(root.Headers.ETag, leaf.Headers.ETag);
            Assert.Equal(root.Content.Headers.LastModified, leaf.Content.Headers.LastModified);
        }

        foreach (var body in (string[])["{}", """{"context":{"targetingKey":"olga"}}""", """{"context":{"targetingKey":"x","plan":"pro"}}"""])
        {
            using var root = await tree.Root.SendAsync(HttpMethod.Post, "/ofrep/v1/evaluate/flags", "env", body);
            using var leaf = await tree.Leaf.SendAsync(HttpMethod.Post, "/ofrep/v1/evaluate/flags", "env", body);
            Assert.Equal(await root.Content.ReadAsByteArrayAsync(), await leaf.Content.ReadAsByteArrayAsync());
            Assert.NotNull(leaf.Headers.ETag);
            Assert.Equal(root.Headers.ETag, leaf.Headers.ETag);
        }

        using var document = await tree.Leaf.SendAsync(HttpMethod.Get, "/api/v1/environment-document/", "ser.env");
        Assert.Equal(ProxyTree.Document("first"), await document.Content.ReadAsByteArrayAsync());
        Assert.Equal(_upstream.LastModified, document.Content.Headers.GetValues("Last-Modified").Single());
        Assert.NotNull(document.Headers.ETag);
    }

    [Fact]
    public async Task Tree_NothingChanges_NotModifiedEverywhereAndOneBodyForAChange()
    {
        await using var tree = await ProxyTree.StartAsync(_upstream);
        await tree.WaitForAsync("first");
        await WaitForRoundsAsync(tree);
        var before = tree.Proxies.Select(ProxyTree.Current).ToList();
        var bodies = tree.Relays.Select(static relay => relay.Bodies).ToList();

        await WaitForRoundsAsync(tree);
        Assert.Equal(before, tree.Proxies.Select(ProxyTree.Current));
        Assert.Equal(bodies, tree.Relays.Select(static relay => relay.Bodies));
        Assert.All(tree.Proxies, static proxy => Assert.Single(proxy.Log.Entries, static entry => entry.EventId == EventIds.EnvironmentPublished));

        // Compressed on its way, and so with a tag of the coding.
        Assert.All(tree.Relays, static relay => Assert.Contains(relay.Answers, static answer =>
            answer is { Status: 304 } && answer.IfNoneMatch.EndsWith("-br\"", StringComparison.Ordinal) && answer.EntityTag == answer.IfNoneMatch));

        _upstream.SetDocument("ser.env", ProxyTree.Document("second"));
        await tree.WaitForAsync("second");
        await WaitForRoundsAsync(tree);
        Assert.Equal(bodies.Select(static count => count + 1), tree.Relays.Select(static relay => relay.Bodies));
        Assert.All(tree.Relays, static relay => Assert.All(relay.Answers, static answer => Assert.True(answer.Status is 200 or 304 or 503)));

        // Nobody but the root asks the upstream: for the whole once, and else whether it changed.
        Assert.Single(_upstream.Requests, static request => request.Header("If-None-Match").Length == 0);
    }

    [Fact]
    public async Task Tree_PagesUpstream_LeafHasThemAll()
    {
        _upstream.Behaviour = async context =>
        {
            var page = int.Parse(context.Request.Query["page"].FirstOrDefault() ?? "0");
            if (page < 2)
            {
                context.Response.Headers.Link = $"<?page={page + 1}>; rel=\"next\"";
            }

            var document = JsonNode.Parse(ProxyTree.Document("first"))!;
            document["identity_overrides"] = new JsonArray(Documents.Override($"page{page}", Documents.State(4, "targeted", true, $"own {page}")));
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(document.ToJsonString()));
        };
        await using var tree = await ProxyTree.StartAsync(_upstream);
        await tree.WaitForAsync("first");

        for (var page = 0; page < 3; page++)
        {
            Assert.Contains($"\"own {page}\"", await tree.Leaf.GetAsync($"/api/v1/identities/?identifier=page{page}", "env"), StringComparison.Ordinal);
        }

        Assert.Equal(
            await tree.Root.GetAsync("/api/v1/environment-document/", "ser.env"),
            await tree.Leaf.GetAsync("/api/v1/environment-document/", "ser.env"));
    }

    [Fact]
    public async Task Tree_ParentGoneAndBackElsewhere_ChildrenServeAndRecover()
    {
        await using var tree = await ProxyTree.StartAsync(_upstream);
        await tree.WaitForAsync("first");

        tree.Relays[0].Target = null;
        var left = tree.Proxies[1].Registry.Environments[0];
        await Patience.UntilAsync(() => left.Freshness.Failures >= 2, "failures of the child");
        _upstream.SetDocument("ser.env", ProxyTree.Document("second"));
        await Patience.UntilAsync(() => ProxyTree.Has(tree.Proxies[2], "second"), "the change at the other child");
        Assert.True(ProxyTree.Has(tree.Proxies[1], "first"));
        Assert.True(ProxyTree.Has(tree.Leaf, "first"));
        Assert.Equal(0, tree.Leaf.Registry.Environments[0].Freshness.Failures);

        // A process of its own that has not loaded anything when the child asks it first.
        await using var restarted = await ProxyTree.StartProxyAsync(_upstream.Address);
        tree.Relays[0].Target = restarted.Address;
        await tree.WaitForAsync("second");
        await Patience.UntilAsync(() => left.Freshness.Failures == 0, "the child's recovery");
    }

    [Fact]
    public async Task Child_ParentNotLoadedYet_UnavailableUntilItIs()
    {
        _upstream.Behaviour = FakeUpstream.Status(500);
        await using var parent = await ProxyTree.StartProxyAsync(_upstream.Address);
        await using var child = await ProxyTree.StartProxyAsync(parent.Address);
        var environment = child.Registry.Environments[0];
        await Patience.UntilAsync(() => environment.Freshness.LastError is not null, "an answer of the parent");
        Assert.Contains(": returned HTTP 503", environment.Freshness.LastError!.Message, StringComparison.Ordinal);
        using (var response = await child.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
        }

        _upstream.Behaviour = null;
        await Patience.UntilAsync(() => ProxyTree.Has(child, "first"), "the document at the child");
    }

    [Fact]
    public async Task Child_KeyThatTheParentDoesNotKnow_RefusedAndSaid()
    {
        await using var parent = await ProxyTree.StartProxyAsync(_upstream.Address);
        await parent.WaitUntilLoadedAsync();
        await using var child = await ProxyTree.StartProxyAsync(parent.Address, "other");

        await child.Log.WaitForAsync(static entry => entry.EventId == EventIds.ServerSideKeyRejected);

        Assert.EndsWith(": returned HTTP 401", child.Registry.Environments[0].Freshness.LastError!.Message, StringComparison.Ordinal);
    }

    /// <summary>Waits until everybody has asked its parent a few times more.</summary>
    private static Task WaitForRoundsAsync(ProxyTree tree) => Task.WhenAll(tree.Relays.Select(static relay => relay.WaitForAnswersAsync(4)));
}
