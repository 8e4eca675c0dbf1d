using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Events;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Analytics;

/// <summary>
/// The answers to everything that SDKs send are the same, to the byte and with either kind of key, whatever the situation of
/// the proxy (docs/spec/analytics.md 1.1, 1.4 and 3.1).
/// </summary>
public sealed class SituationTests
{
    private const string Events = """{"events":[{"event":"purchase"}]}""";
    private const string Taken = """{"accepted":1,"rejected":[]}""";
    private const string Evaluation = """{"evaluations":[{"feature_name":"plain","identity_identifier":"bob","enabled_when_evaluated":true,"count":1}]}""";

    [Theory]
    [InlineData("loaded")]
    [InlineData("not loaded")]
    [InlineData("upstream fails")]
    [InlineData("upstream refuses connections")]
    [InlineData("draining")]
    [InlineData("closing")]
    [InlineData("offline")]
    [InlineData("analytics disabled")]
    public async Task Post_AnySituation_TheSameAnswers(string situation)
    {
        await using var service = await FakeUpstream.StartAsync();
        service.Behaviour = static async context =>
        {
            context.Response.StatusCode = 202;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Taken);
        };
        await using var upstream = await FakeUpstream.StartAsync();
        if (situation != "not loaded")
        {
            upstream.SetDocument("ser.a", Encoding.UTF8.GetBytes(Documents.Small("a").ToJsonString()));
        }

        await using var proxy = await StartAsync(situation, upstream.Address, service.Address);
        switch (situation)
        {
            case "upstream fails":
                upstream.Behaviour = FakeUpstream.Status(503);
                break;
            case "upstream refuses connections":
                await upstream.DisposeAsync();
                break;
            case "draining":
                proxy.Services.GetRequiredService<ShutdownPhase>().Stop();
                break;
            case "closing":
                proxy.Services.GetRequiredService<ShutdownPhase>().Stop();
                proxy.Services.GetRequiredService<ShutdownPhase>().Close(TimeSpan.FromSeconds(5));
                break;
            default:
                break;
        }

        foreach (var key in (string[])["a", "ser.a"])
        {
            foreach (var slash in (string[])["", "/"])
            {
                await AssertAsync($"/api/v1/analytics/flags{slash}", key, """{"plain":1,"unknown":2}""", 200, "{}");
                await AssertAsync($"/api/v1/analytics/flags{slash}", key, "[]", 400, """{"non_field_errors":["Expected a JSON object."]}""");
                await AssertAsync($"/api/v2/analytics/flags{slash}", key, Evaluation, 204, "");
                await AssertAsync($"/api/v2/analytics/flags{slash}", key, "{}", 400, """{"evaluations":["This field is required."]}""");
                await AssertAsync($"/v1/events{slash}", key, Events, 202, Taken);
            }
        }

        foreach (var (key, shown) in ((string, string)[])[("nobody", "nobody"), ("", "")])
        {
            var unknown = $$"""{"status":"unauthorized","message":"unknown key '{{shown}}'"}""";
            await AssertAsync("/api/v1/analytics/flags/", key, "{}", 401, unknown);
            await AssertAsync("/api/v2/analytics/flags/", key, """{"evaluations":[]}""", 401, unknown);
            await AssertAsync("/v1/events", key, Events, key.Length == 0 ? 401 : 403, key.Length == 0 ? unknown : """{"status":"forbidden","message":"unknown key 'nobody'"}""");
        }

        async Task AssertAsync(string path, string key, string body, int status, string expected)
        {
            await using var connection = await RawConnection.OpenAsync(proxy.Address); // one each: at the end every answer closes its connection
            var response = await connection.PostAsync(path, key, Encoding.UTF8.GetBytes(body));
            Assert.Equal((path, status, expected), (path, response.Status, response.Body));
            Assert.Equal(expected.Length > 0, connection.LatestHead.Contains("Content-Type: application/json"));
        }
    }

    private static async Task<TestProxy> StartAsync(string situation, Uri upstream, Uri service)
    {
        var options = new ProxyOptions
        {
            Events = new EventsOptions { ApiUrl = service },
            Analytics = new() { IsEnabled = situation != "analytics disabled" },
        };
        if (situation == "offline")
        {
            return await TestProxy.ServeAsync(options, Documents.Small("a").ToJsonString());
        }

        var proxy = await TestProxy.StartAsync(options with
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream, "/api/v1") },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.a", "a")],
        });
        if (situation != "not loaded")
        {
            await proxy.WaitUntilLoadedAsync();
        }

        return proxy;
    }
}
