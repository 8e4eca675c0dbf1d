using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Traits;
using EdgeProxy.Host.Traits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Http.Traits;

/// <summary>Requests that the API answers (docs/spec/traits.md 1.4).</summary>
public sealed class PassThroughTests
{
    private const string Increment = "/api/v1/traits/increment-value/";
    private const string Bulk = "/api/v1/bulk-identities/";

    [Theory]
    [InlineData("POST", Increment, "a", 200, """{"identifier":"bob","trait_key":"logins","trait_value":2}""")]
    [InlineData("POST", Increment, "ser.a", 400, """["not an integer"]""")]
    [InlineData("POST", Bulk, "a", 201, """{"ok":true}""")]
    [InlineData("PUT", Bulk, "ser.a", 404, """{"detail":"Not found."}""")]
    [InlineData("PUT", Bulk, "a", 204, "")]
    [InlineData("PUT", Bulk, "a", 401, "x")]
    public async Task Request_ApiAnswers_ItsAnswerWithTheKeyOfTheClient(string method, string path, string key, int status, string answer)
    {
        await using var fixture = await TraitProxy.StartAsync(static options => options with { BulkIdentities = BulkIdentities.Always });
        fixture.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "7";
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(answer);
        };
        if (answer.Length == 0)
        {
            fixture.Answer = FakeUpstream.Status(status);
        }

        using var response = await fixture.Proxy.SendAsync(new HttpMethod(method), path, key, """{"data":[]}""", ("Flagsmith-Application-Name", "shop"));

        Assert.Equal((status, answer), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(answer.Length > 0, response.Headers.Contains("Retry-After"));
        Assert.Equal(answer.Length > 0 ? "application/json" : null, response.Content.Headers.ContentType?.ToString());
        var request = Assert.Single(fixture.Upstream.Requests, request => request.Target == path);
        Assert.Equal((method, key, """{"data":[]}""", "shop"), (request.Method, request.Header("X-Environment-Key"), request.Body, request.Header("Flagsmith-Application-Name")));
    }

    [Fact]
    public async Task Request_ApiBreaksOffRedirectsOrSendsTooMuch_502()
    {
        await using var fixture = await TraitProxy.StartAsync();
        foreach (var fault in (Func<HttpContext, Task>[])
            [
                static context => { context.Abort(); return Task.CompletedTask; },
                static context => { context.Response.Redirect("http://127.0.0.1:1/"); return Task.CompletedTask; },
                static context => context.Response.WriteAsync(new string('x', 1024 * 1024 + 1)),
            ])
        {
            fixture.Answer = fault;
            using var response = await fixture.Proxy.SendAsync(HttpMethod.Post, Increment, "a", "{}");
            Assert.Equal((502, """{"detail":"The Flagsmith API did not answer"}"""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        }

        var failure = Assert.Single(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.PassThroughFailed && entry.Level == LogLevel.Warning);
        Assert.Contains("for the environment 'Test' (", failure.Message, StringComparison.Ordinal);
        fixture.Answer = null;
        using var answered = await fixture.Proxy.SendAsync(HttpMethod.Post, Increment, "a", "{}");
        Assert.Equal(200, (int)answered.StatusCode);
        Assert.Single(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.PassThroughRecovered);
    }

    [Fact]
    public async Task Request_ApiHangs_502AfterTheTimeout()
    {
        await using var fixture = await TraitProxy.StartAsync();
        fixture.Answer = FakeUpstream.Hang;
        var sending = fixture.Proxy.SendAsync(HttpMethod.Post, Increment, "a", "{}");

        await fixture.UntilAsync(() => sending.IsCompleted, "the timeout");

        using var response = await sending;
        Assert.Equal(502, (int)response.StatusCode);
    }

    [Fact]
    public async Task Requests_MoreThanAreAllowedAtOnce_503()
    {
        await using var fixture = await TraitProxy.StartAsync();
        var hang = new TaskCompletionSource();
        fixture.Answer = _ => hang.Task;
        var sending = Enumerable.Range(0, 65).Select(_ => fixture.Proxy.SendAsync(HttpMethod.Post, Increment, "a", "{}")).ToList();

        var first = await await Task.WhenAny(sending);
        Assert.Equal(503, (int)first.StatusCode);
        Assert.Equal(["1"], first.Headers.GetValues("Retry-After"));
        hang.SetResult();
        var all = await Task.WhenAll(sending);

        Assert.Equal([(200, 64), (503, 1)], all.GroupBy(static response => (int)response.StatusCode).OrderBy(static group => group.Key).Select(static group => (group.Key, group.Count())));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bulk_NotTheEdgeApi_404(bool isOff)
    {
        var rule = isOff ? BulkIdentities.Never : BulkIdentities.Auto;
        await using var fixture = await TraitProxy.StartAsync(options => options with { BulkIdentities = rule });

        using var response = await fixture.Proxy.SendAsync(HttpMethod.Post, Bulk, "a", "{}");

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("""{"detail":"Not Found: the API at api_url has no bulk identities, or trait_forwarding.bulk_identities is false"}""", await response.Content.ReadAsStringAsync());
        Assert.DoesNotContain(fixture.Upstream.Requests, static request => request.Target == Bulk);
    }
}
