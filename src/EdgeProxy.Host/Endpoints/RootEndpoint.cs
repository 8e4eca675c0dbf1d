using System.Buffers;
using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.WebConsole;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>GET /</c> (docs/spec/sdk-api.md 11): the version, and links to the other paths; a page for browsers, JSON for
/// programs. The address of a proxy alone shows that it is one, and that it runs. In the demo, browsers get the console.
/// </summary>
internal sealed class RootEndpoint : OpenEndpoint, IEndpointDefinition
{
    private const string Html = "text/html";

    // Nothing is loaded from elsewhere, and there is no script.
    private const string PageTemplate = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>EdgeProxy</title>
        <style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:38em;margin:4em auto;padding:0 1em}code{font-size:.9em}</style></head>
        <body><h1>EdgeProxy VERSION</h1>
        <p>This server answers Flagsmith SDKs. Set the base URL of an SDK to this address followed by <code>/api/v1/</code>, with the final slash.</p>
        <ul>
        LINKS
        </ul></body></html>

        """;

    private static readonly StringValues PageType = "text/html; charset=utf-8";
    private static readonly StringValues OnlyInlineStyles = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private static readonly (string Name, string Path, string Text)[] Links =
    [
        ("flags", "/api/v1/flags/", "flags of an environment, with its key in X-Environment-Key"),
        ("readiness", "/proxy/health/readiness", "readiness: are all environments loaded and fresh?"),
        ("liveness", "/proxy/health/liveness", "liveness"),
        ("environments", "/proxy/environments", "the environments, for operators"),
        ("console", "/proxy/console", "the console, for operators"),
    ];

    private static readonly byte[] Page = Encoding.UTF8.GetBytes(PageTemplate
        .Replace("VERSION", ProgramVersion.Text, StringComparison.Ordinal)
        .Replace("LINKS", string.Join('\n', Links.Select(static link => $"<li><a href=\"{link.Path}\"><code>{link.Path}</code></a>: {link.Text}</li>")), StringComparison.Ordinal));

    private static readonly ReadOnlyMemory<byte> Json = RenderJson();

    private readonly ConsoleAssets _console;
    private readonly ConsoleOptions _options;

    public RootEndpoint(ConsoleAssets console, ConsoleOptions options)
    {
        _console = console;
        _options = options;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("root", "/", EndpointSurface.Sdk);

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange)
    {
        exchange.ResponseHeaders.Vary = StringValues.Concat(exchange.ResponseHeaders.Vary, HeaderNames.Accept);
        if (!exchange.RequestHeaders.Accept.ToString().Contains(Html, StringComparison.OrdinalIgnoreCase))
        {
            return ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, Json);
        }

        if (_options is { IsEnabled: true, IsAtRoot: true })
        {
            return _console.AnswerAsync(exchange, ConsoleAssets.Page);
        }

        exchange.ResponseHeaders.ContentSecurityPolicy = OnlyInlineStyles;
        return ResponseWriter.WriteText(exchange, StatusCodes.Status200OK, Page, PageType);
    }

    private static ReadOnlyMemory<byte> RenderJson()
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, "EdgeProxy"u8);
            writer.WriteString("version"u8, ProgramVersion.Text);
            writer.WriteStartObject("links"u8);
            foreach (var (name, path, _) in Links)
            {
                writer.WriteString(name, path);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return body.WrittenMemory;
    }
}
