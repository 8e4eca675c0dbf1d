using System.IO.Compression;

namespace EdgeProxy.Tools.Upstream;

/// <summary>Writes bodies: compressed with gzip for clients that accept it, or only half of them.</summary>
internal static class StandInBody
{
    private const int MinCompressed = 1000;

    /// <summary>Writes a JSON body.</summary>
    public static async Task WriteAsync(HttpContext context, byte[] content, bool isTruncated)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        if (content.Length >= MinCompressed && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            response.Headers.ContentEncoding = "gzip";
            content = Compress(content);
        }

        response.ContentLength = content.Length;
        if (isTruncated)
        {
            await response.Body.WriteAsync(content.AsMemory(0, content.Length / 2));
            await response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await response.Body.WriteAsync(content);
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
