using System.Collections.Concurrent;
using System.Net;
using System.Text;
using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Metrics;

/// <summary>Takes what is exported by OTLP, and keeps the bytes.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = [];
    private readonly ConcurrentDictionary<string, bool> _tenants = [];
    private readonly WebApplication _application;
    private readonly Func<HttpContext, Task<byte[]>> _take;

    private OtlpCollector(WebApplication application, Func<HttpContext, Task<byte[]>> take)
    {
        _application = application;
        _take = take;
    }

    public Uri Address { get; private set; } = null!;

    public IEnumerable<string> Paths => _received.Select(static request => request.Path).Distinct();

    /// <summary>The values of the header <c>x-tenant</c>, which an operator may have set.</summary>
    public IEnumerable<string> Tenants => _tenants.Keys;

    /// <summary>One that speaks <c>http/protobuf</c>.</summary>
    public static Task<OtlpCollector> StartAsync() => StartAsync(HttpProtocols.Http1, TakeProtobufAsync);

    /// <summary>One that speaks <c>grpc</c>, without TLS.</summary>
    public static Task<OtlpCollector> StartGrpcAsync() => StartAsync(HttpProtocols.Http2, GrpcCall.TakeAsync);

    private static async Task<OtlpCollector> StartAsync(HttpProtocols protocols, Func<HttpContext, Task<byte[]>> take)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var application = builder.Build();
        var collector = new OtlpCollector(application, take);
        application.Run(collector.TakeAsync);
        await application.StartAsync();
        collector.Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return collector;
    }

    /// <summary>True if some request to a path had a text in it, of which protobuf keeps the bytes.</summary>
    public bool Has(string path, string text) => Has(path, Encoding.UTF8.GetBytes(text));

    public bool Has(string path, byte[] bytes) =>
        _received.Any(request => request.Path == path && request.Body.AsSpan().IndexOf(bytes) >= 0);

    public Task UntilAsync(string path, string text) => Patience.UntilAsync(() => Has(path, text), $"'{text}' at {path}");

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        _tenants.TryAdd(context.Request.Headers["x-tenant"].ToString(), true);
        _received.Enqueue((context.Request.Path, await _take(context)));
    }

    private static async Task<byte[]> TakeProtobufAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        context.Response.ContentType = "application/x-protobuf";
        return body.ToArray();
    }
}
