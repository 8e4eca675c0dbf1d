using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using EdgeProxy.Comparison.Scenarios;

namespace EdgeProxy.Comparison.Servers;

/// <summary>Stands in for the Flagsmith API: hands out environment documents, by server-side key, and takes whatever is posted.</summary>
internal sealed partial class ApiStandIn : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, byte[]> _documents = new(StringComparer.Ordinal);

    private ApiStandIn(WebApplication application, int port)
    {
        _application = application;
        Address = new Uri($"http://127.0.0.1:{port}/api/v1");
        application.Run(AnswerAsync);
    }

    /// <summary>True to take what is posted and never to answer.</summary>
    public bool Hangs { get; set; }

    /// <summary>The value for <c>api_url</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts one.</summary>
    public static async Task<ApiStandIn> StartAsync(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var standIn = new ApiStandIn(builder.Build(), port);
        await standIn._application.StartAsync();
        return standIn;
    }

    /// <summary>Hands a document out from now on.</summary>
    public void Serve(string serverSideKey, byte[] document) => _documents[serverSideKey] = document;

    /// <summary>The configuration of a proxy that polls this, as all edge proxies understand it.</summary>
    /// <param name="environments">The environments.</param>
    /// <param name="pollSeconds">The interval of its polls in seconds.</param>
    /// <param name="forwardsTraits">True if it forwards traits; no other edge proxy understands that.</param>
    public byte[] Configuration(IEnumerable<MeasuredEnvironment> environments, int pollSeconds, bool forwardsTraits = false)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("api_url", Address.AbsoluteUri);
            writer.WriteNumber("api_poll_frequency_seconds", pollSeconds);
            if (forwardsTraits)
            {
                writer.WriteStartObject("trait_forwarding");
                writer.WriteBoolean("enabled", true);
                writer.WriteEndObject();
            }

            writer.WriteStartArray("environment_key_pairs");
            foreach (var environment in environments)
            {
                writer.WriteStartObject();
                writer.WriteString("server_side_key", environment.ServerSideKey);
                writer.WriteString("client_side_key", environment.Key);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Waits until somebody stops the process.</summary>
    public Task WaitUntilStoppedAsync() => _application.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/sse", StringComparison.Ordinal))
        {
            await StreamAsync(context);
            return;
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            if (Hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return; // counts and identities: taken
        }

        if (!_documents.TryGetValue(context.Request.Headers["X-Environment-Key"].ToString(), out var document))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Length;
        await context.Response.Body.WriteAsync(document);
    }
}
