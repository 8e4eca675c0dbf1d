using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>Redirects that are followed, and those that are not (docs/spec/upstream-api.md 1.4).</summary>
public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Poll_RedirectOnTheSameHost_Followed(int status)
    {
        await using var polled = await PolledProxy.StartAsync(prepare: upstream => upstream.Behaviour = async context =>
        {
            if (context.Request.Path == "/api/v1/environment-document/" && !context.Request.Query.ContainsKey("again"))
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = "/api/v1/environment-document/?again=1";
                return;
            }

            await upstream.AnswerWithDocumentAsync(context);
        });

        Assert.Equal("first", await polled.PlainAsync());
        Assert.Equal("ser.env", polled.Upstream.Requests.Last().Header("X-Environment-Key"));
    }

    [Fact]
    public async Task Poll_RedirectToAnotherHost_RefusedAndTheKeyStays()
    {
        await using var other = await FakeUpstream.StartAsync();
        await using var polled = await PolledProxy.StartAsync(prepare: upstream => upstream.Behaviour = context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = new Uri(other.Address, "/api/v1/environment-document/").AbsoluteUri;
            return Task.CompletedTask;
        });

        var entry = await polled.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.FetchFailed);

        Assert.Contains("redirected to another host", entry.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }
}
