using System.Net;
using System.Text;
using EdgeProxy.Host.Events;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Events;

/// <summary>Experiment events are passed on as they are (docs/spec/analytics.md 3).</summary>
public sealed class EventsTests
{
    private const string Body = """{ "events": [{"event":"purchase","identifier":"bob-personal","value":"12.5","timestamp":1785000000000}] }""";
    private const string Unavailable = """{"detail":"The events service did not answer"}""";

    [Theory]
    [InlineData("a", "/v1/events")]
    [InlineData("ser.a", "/v1/events/")]
    public async Task Post_FromABrowser_BodyAndThreeHeadersPassedOn(string key, string path)
    {
        await using var fixture = await EventsProxy.StartAsync();

        using var response = await PostAsync(fixture, key, path, ("Content-Type", "application/json; charset=utf-8"), ("Flagsmith-SDK-User-Agent", "flagsmith-js-sdk/12.1.0"), ("User-Agent", "Mozilla/5.0"), ("Origin", "https://page.example"), ("Cookie", "a=b"), ("X-More", "1"));

        Assert.Equal((202, """{"accepted":1,"rejected":[]}"""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["https://page.example"], response.Headers.GetValues("Access-Control-Allow-Origin"));
        var request = Assert.Single(fixture.Service.Requests);
        Assert.Equal(("POST", "/v1/events", Body), (request.Method, request.Target, request.Body));
        Assert.Equal(key, request.Header("X-Environment-Key"));
        Assert.Equal("application/json; charset=utf-8", request.Header("Content-Type"));
        Assert.Equal("flagsmith-js-sdk/12.1.0", request.Header("Flagsmith-SDK-User-Agent"));
        Assert.StartsWith("EdgeProxy/", request.Header("User-Agent"), StringComparison.Ordinal);
        Assert.Equal("", request.Header("Cookie") + request.Header("Origin") + request.Header("X-More"));
    }

    [Fact]
    public async Task Post_FromAServer_ItsUserAgentPassedOn()
    {
        await using var fixture = await EventsProxy.StartAsync();

        using var response = await PostAsync(fixture, "ser.a", EventsProxy.Path, ("User-Agent", "flagsmith-python-sdk/6.0.0"));

        var request = Assert.Single(fixture.Service.Requests);
        Assert.Equal(("flagsmith-python-sdk/6.0.0", ""), (request.Header("User-Agent"), request.Header("Flagsmith-SDK-User-Agent")));
    }

    [Theory]
    [InlineData(200, "", null)]
    [InlineData(204, "", null)]
    [InlineData(400, """{"detail":"empty"}""", "application/problem+json")]
    [InlineData(401, "no", "text/plain")]
    [InlineData(307, "", null)]
    [InlineData(422, """{"detail":[]}""", "application/json")]
    [InlineData(500, "<html>", "text/html; charset=utf-8")]
    [InlineData(503, """{"detail":"store"}""", "application/json")]
    public async Task Post_AnyAnswer_StatusBodyAndTypeReturned(int status, string body, string? type)
    {
        await using var fixture = await EventsProxy.StartAsync();
        fixture.Service.Behaviour = async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            context.Response.Headers.RetryAfter = "7";
            context.Response.Headers["X-Secret"] = "of the service";
            if (type is not null)
            {
                context.Response.ContentType = type;
                await context.Response.WriteAsync(body);
            }
        };
        await using var connection = await RawConnection.OpenAsync(fixture.Proxy.Address);

        var response = await connection.PostAsync(EventsProxy.Path, "a", Encoding.UTF8.GetBytes(Body));

        Assert.Equal((status, body), (response.Status, response.Body));
        Assert.Equal(type is null ? [] : [$"Content-Type: {type}"], connection.LatestHead.Where(static header => header.StartsWith("Content-Type", StringComparison.Ordinal)));
        Assert.Contains("Retry-After: 7", connection.LatestHead);
        Assert.DoesNotContain(connection.LatestHead, static header => header.StartsWith("X-Secret", StringComparison.Ordinal) || header.StartsWith("Location", StringComparison.Ordinal));
        Assert.Single(fixture.Service.Requests);
    }

    [Theory]
    [InlineData(null, 401, """{"status":"unauthorized","message":"unknown key ''"}""")]
    [InlineData("nobody", 403, """{"status":"forbidden","message":"unknown key 'nobody'"}""")]
    public async Task Post_KeyOfNoEnvironment_AnsweredHere(string? key, int status, string expected)
    {
        await using var fixture = await EventsProxy.StartAsync();

        using var response = await PostAsync(fixture, key, EventsProxy.Path);

        Assert.Equal((status, expected), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Empty(fixture.Service.Requests);
    }

    [Fact]
    public async Task Post_NoServiceConfigured_404()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Post, EventsProxy.Path, "env", Body);

        Assert.Equal((404, """{"detail":"Not Found"}"""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Get_405()
    {
        await using var fixture = await EventsProxy.StartAsync();

        using var response = await fixture.Proxy.SendAsync(HttpMethod.Get, EventsProxy.Path, "a");

        Assert.Equal(405, (int)response.StatusCode);
    }

    [Fact]
    public async Task Post_EnvironmentNotLoadedYet_PassedOn()
    {
        await using var fixture = await EventsProxy.StartAsync(isLoaded: false);

        using var response = await PostAsync(fixture, "a", EventsProxy.Path);

        Assert.Equal(202, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("broken answer")]
    [InlineData("huge answer")]
    public async Task Post_ServiceDoesNotAnswer_503AndOneWarningWithoutContent(string what)
    {
        await using var fixture = await EventsProxy.StartAsync();
        var usual = fixture.Service.Behaviour;
        fixture.Service.Behaviour = async context =>
        {
            switch (what)
            {
                case "close":
                    context.Abort();
                    break;
                case "broken answer":
                    context.Response.ContentLength = 100;
                    await context.Response.WriteAsync("half");
                    await context.Response.Body.FlushAsync();
                    context.Abort();
                    break;
                default:
                    await context.Response.Body.WriteAsync(new byte[2 * 1024 * 1024]);
                    break;
            }
        };
        for (var i = 0; i < 3; i++)
        {
            using var response = await PostAsync(fixture, "a", EventsProxy.Path);
            Assert.Equal((503, Unavailable), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        }

        fixture.Service.Behaviour = usual;
        using var recovered = await PostAsync(fixture, "a", EventsProxy.Path);
        Assert.Equal(202, (int)recovered.StatusCode);

        var failure = Assert.Single(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.EventsFailed && entry.Level == LogLevel.Warning);
        Assert.Contains("for the environment 'Test' (", failure.Message, StringComparison.Ordinal);
        Assert.Single(fixture.Proxy.Log.Entries, static entry => entry.EventId == EventIds.EventsRecovered);
        Assert.DoesNotContain(fixture.Proxy.Log.Entries, static entry => entry.Message.Contains("bob-personal", StringComparison.Ordinal));
        var exposed = await Exposition.OfAsync(fixture.Proxy);
        Assert.Equal(3, exposed.Sum("edgeproxy_events_requests_total", ("outcome", "failed")));
        Assert.Equal(1, exposed.Sum("edgeproxy_events_requests_total", ("outcome", "accepted")));
    }

    [Fact]
    public async Task Post_ServiceHangs_503AfterTenSeconds()
    {
        await using var fixture = await EventsProxy.StartAsync();
        fixture.Service.Behaviour = static context =>
        {
            var hangs = new TaskCompletionSource();
            context.RequestAborted.Register(hangs.SetResult);
            return hangs.Task;
        };
        var posting = PostAsync(fixture, "a", EventsProxy.Path);
        await fixture.Service.WaitForRequestsAsync(1);
        fixture.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(posting.IsCompleted);

        fixture.Time.Advance(TimeSpan.FromSeconds(0.2));

        using var response = await posting;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, Unavailable), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_413()
    {
        await using var fixture = await EventsProxy.StartAsync(new EventsOptions { MaxBodyBytes = 2000 });
        await using var connection = await RawConnection.OpenAsync(fixture.Proxy.Address);
        var allowed = await connection.PostAsync(EventsProxy.Path, "a", new byte[2000]);
        Assert.Equal(202, allowed.Status);
        var larger = await connection.PostAsync(EventsProxy.Path, "a", new byte[2001]);
        Assert.Equal((413, """{"detail":"The body is larger than 2000 bytes"}"""), (larger.Status, larger.Body));

        await using var chunked = await RawConnection.OpenAsync(fixture.Proxy.Address);
        await chunked.SendAsync(Encoding.ASCII.GetBytes($"POST {EventsProxy.Path} HTTP/1.1\r\nHost: test\r\nX-Environment-Key: a\r\nTransfer-Encoding: chunked\r\n\r\n7d1\r\n{new string('x', 2001)}\r\n0\r\n\r\n"));
        Assert.Equal(413, (await chunked.ReadResponseAsync()).Status);
        Assert.Single(fixture.Service.Requests);
    }

    [Fact]
    public async Task Post_MoreAtOnceThanAllowed_503AtOnceAndTheOthersArePassedOn()
    {
        await using var fixture = await EventsProxy.StartAsync();
        var usual = fixture.Service.Behaviour!;
        var open = new TaskCompletionSource();
        fixture.Service.Behaviour = async context =>
        {
            await open.Task;
            await usual(context);
        };
        var waiting = Enumerable.Range(0, EventBudget.MaxAtOnce).Select(_ => PostAsync(fixture, "a", EventsProxy.Path)).ToList();
        await fixture.Service.WaitForRequestsAsync(EventBudget.MaxAtOnce);

        using (var refused = await PostAsync(fixture, "a", EventsProxy.Path))
        {
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        }

        open.SetResult();
        foreach (var response in await Task.WhenAll(waiting))
        {
            Assert.Equal(202, (int)response.StatusCode);
            response.Dispose();
        }

        using var next = await PostAsync(fixture, "a", EventsProxy.Path);
        Assert.Equal(202, (int)next.StatusCode);
        Assert.Equal(1, (await Exposition.OfAsync(fixture.Proxy)).Sum("edgeproxy_events_requests_total", ("outcome", "refused")));
    }

    [Fact]
    public void Reserve_MoreThanTheLimitInAll_Refused()
    {
        var budget = new EventBudget();
        var (first, second, huge) = (0L, 0L, 0L);

        Assert.True(budget.TryReserve(ref first, EventBudget.MaxBytes - 1));
        Assert.False(budget.TryReserve(ref second, 2));
        Assert.True(budget.TryReserve(ref second, 1));
        Assert.False(budget.TryReserve(ref second, 2));
        budget.Leave(first);
        budget.Leave(second);
        Assert.True(budget.TryReserve(ref huge, 2 * EventBudget.MaxBytes));
        Assert.False(budget.TryReserve(ref second, 2));
    }

    [Fact]
    public async Task Preflight_HeadersOfTheBrowserSdk_Allowed()
    {
        await using var fixture = await EventsProxy.StartAsync();

        using var response = await fixture.Proxy.SendAsync(
            HttpMethod.Options, EventsProxy.Path, key: null, body: null,
            ("Origin", "https://page.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "x-environment-key, content-type, flagsmith-sdk-user-agent"));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("x-environment-key, content-type, flagsmith-sdk-user-agent", string.Join(", ", response.Headers.GetValues("Access-Control-Allow-Headers")));
    }

    private static Task<HttpResponseMessage> PostAsync(EventsProxy fixture, string? key, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body)) };
        if (key is not null)
        {
            request.Headers.Add("X-Environment-Key", key);
        }

        foreach (var (name, value) in headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return fixture.Proxy.Client.SendAsync(request);
    }
}
