using System.Reflection;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.WebConsole;

/// <summary>The files of the console, which are part of the program.</summary>
internal sealed class ConsoleAssets
{
    /// <summary>The name of the page.</summary>
    public const string Page = "index.html";

    private const string Prefix = "console/";

    // Nothing from elsewhere, nothing inline, no frames; what the page sets as text can never be run.
    private static readonly StringValues Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private readonly Dictionary<string, (StringValues ContentType, ResponseBody Body)> _assets = new(StringComparer.Ordinal);

    public ConsoleAssets()
    {
        var assembly = typeof(ConsoleAssets).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            _assets.Add(resource[Prefix.Length..], (ContentTypeOf(resource), new ResponseBody(Read(assembly, resource))));
        }
    }

    /// <summary>Answers with a file; 404 if there is none of that name.</summary>
    public Task AnswerAsync(Exchange exchange, string name)
    {
        if (!_assets.TryGetValue(name, out var asset))
        {
            return SdkErrors.NotFound(exchange);
        }

        var headers = exchange.ResponseHeaders;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return ResponseWriter.WriteText(exchange, StatusCodes.Status200OK, ResponseWriter.Select(exchange, asset.Body, out _), asset.ContentType);
    }

    private static StringValues ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };

    private static byte[] Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} is not built in.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
