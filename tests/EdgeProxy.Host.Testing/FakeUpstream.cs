using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Testing;

/// <summary>
/// A stand-in for the Flagsmith API on a real server over loopback: documents with conditional requests, and whatever
/// else a test wants it to do.
/// </summary>
internal sealed class FakeUpstream : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<RecordedRequest> _requests = [];
    private readonly WebApplication _application;

    private FakeUpstream(WebApplication application)
    {
        _application = application;
    }

    /// <summary>The address.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The requests it received.</summary>
    public IReadOnlyCollection<RecordedRequest> Requests => _requests;

    /// <summary>Answers instead, where it is set; null to answer as usual.</summary>
    public Func<HttpContext, Task>? Behaviour { get; set; }

    /// <summary>The <c>Last-Modified</c> it gives; null for none.</summary>
    public string? LastModified { get; set; }

    /// <summary>The clock that its <c>Date</c> goes by; null for the machine's.</summary>
    public TimeProvider? Time { get; set; }

    /// <summary>True if it gives entity tags.</summary>
    public bool GivesEntityTags { get; set; } = true;

    /// <summary>Starts one on a free port.</summary>
    public static async Task<FakeUpstream> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var upstream = new FakeUpstream(application);
        application.Run(upstream.AnswerAsync);
        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        upstream.Address = new Uri(addresses.First());
        return upstream;
    }

    /// <summary>A behaviour: a status, and nothing else.</summary>
    public static Func<HttpContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>A behaviour: a status, or a reset of the connection for 0.</summary>
    public static Func<HttpContext, Task> StatusOrReset(int status) => status == 0 ? Reset : Status(status);

    /// <summary>A behaviour: an answer that never comes.</summary>
    public static Task Hang(HttpContext context)
    {
        var hangs = new TaskCompletionSource();
        context.RequestAborted.Register(() => hangs.TrySetResult());
        return hangs.Task;
    }

    /// <summary>The proxy key that it knows.</summary>
    public const string ProxyKey = "key-of-the-proxy-itself";

    /// <summary>The proxy config for requests with the proxy key; null for none.</summary>
    public string? ProxyConfig { get; set; }

    /// <summary>The reports of usage that it got, whatever it answered.</summary>
    public IEnumerable<RecordedRequest> UsageReports => _requests.Where(static request => request.Target == "/api/v1/proxy/usage/");

    /// <summary>The number of requests for the proxy config.</summary>
    public int ConfigRequests => _requests.Count(static request => request.Target == "/api/v1/proxy/config/");

    /// <summary>Sets the document for requests with a key.</summary>
    public void SetDocument(string serverSideKey, byte[] document) => _documents[serverSideKey] = document;

    /// <summary>The document for the key of a request; empty if there is none.</summary>
    public byte[] DocumentFor(HttpContext context) => _documents.GetValueOrDefault(context.Request.Headers["X-Environment-Key"].ToString(), []);

    /// <summary>Waits until it was asked so many times in all.</summary>
    public Task WaitForRequestsAsync(int count) => Patience.UntilAsync(() => _requests.Count >= count, $"request {count} at the upstream");

    /// <summary>Waits two seconds at most for a request.</summary>
    /// <param name="count">The number of requests before.</param>
    /// <returns>True if there was one more.</returns>
    public async Task<bool> IsAskedSoonAsync(int count)
    {
        const int Looks = 200;
        for (var i = 0; i < Looks && _requests.Count == count; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        return _requests.Count > count;
    }

    /// <summary>Answers as usual.</summary>
    public async Task AnswerWithDocumentAsync(HttpContext context)
    {
        if (context.Request.Path == "/api/v1/proxy/usage/" && context.Request.Headers["X-Proxy-Key"] == ProxyKey)
        {
            return;
        }

        if (Find(context.Request) is not { } document)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var tag = $"\"{Convert.ToHexString(SHA256.HashData(document).AsSpan(0, 8))}\"";
        if (GivesEntityTags)
        {
            context.Response.Headers.ETag = tag;
        }

        if (LastModified is not null)
        {
            context.Response.Headers.LastModified = LastModified;
        }

        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.Headers.ContentType = "application/json";
        context.Response.Headers.ContentLength = document.Length;
        await context.Response.Body.WriteAsync(document);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Behaviour = null;
        await _application.DisposeAsync();
    }

    private static Task Reset(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private byte[]? Find(HttpRequest request) => request.Path.Value switch
    {
        "/api/v1/environment-document/" => _documents.GetValueOrDefault(request.Headers["X-Environment-Key"].ToString()),
        "/api/v1/proxy/config/" when request.Headers["X-Proxy-Key"] == ProxyKey && ProxyConfig is { } config => Encoding.UTF8.GetBytes(config),
        _ => null,
    };

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = context.Request.Headers.ToFrozenDictionary(
            static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        using var body = new StreamReader(context.Request.Body);
        var text = await body.ReadToEndAsync();
        _requests.Enqueue(new RecordedRequest(context.Request.Method, target, headers) { Body = text });
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(text)); // the behaviour may want it, too
        if (Time is not null)
        {
            context.Response.Headers.Date = Time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        }

        await (Behaviour is { } behaviour ? behaviour(context) : AnswerWithDocumentAsync(context));
    }
}
