using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Events;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Events;

/// <summary>A proxy that passes events on, to a stand-in for the service that takes them.</summary>
internal sealed class EventsProxy : IAsyncDisposable
{
    public const string Path = "/v1/events";

    private EventsProxy(FakeUpstream upstream, FakeUpstream service, ManualTimeProvider time, TestProxy proxy)
    {
        Upstream = upstream;
        Service = service;
        Time = time;
        Proxy = proxy;
    }

    public FakeUpstream Upstream { get; }

    /// <summary>The service that takes events.</summary>
    public FakeUpstream Service { get; }

    public ManualTimeProvider Time { get; }

    public TestProxy Proxy { get; }

    public static async Task<EventsProxy> StartAsync(EventsOptions? events = null, bool isLoaded = true)
    {
        var upstream = await FakeUpstream.StartAsync();
        var service = await FakeUpstream.StartAsync();
        if (isLoaded)
        {
            upstream.SetDocument("ser.a", Encoding.UTF8.GetBytes(Documents.Small("a").ToJsonString()));
        }

        service.Behaviour = static async context =>
        {
            context.Response.StatusCode = 202;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"accepted":1,"rejected":[]}""");
        };
        var time = new ManualTimeProvider();
        var proxy = await TestProxy.StartAsync(
            new ProxyOptions
            {
                Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1"), ApiPollFrequency = TimeSpan.FromDays(1), ApiPollTimeout = TimeSpan.FromMinutes(1) },
                EnvironmentKeyPairs = [new EnvironmentKeyPairOptions("ser.a", "a")],
                Events = (events ?? new EventsOptions()) with { ApiUrl = service.Address },
            },
            time);
        if (isLoaded)
        {
            await proxy.WaitUntilLoadedAsync();
        }

        return new EventsProxy(upstream, service, time, proxy);
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Service.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
