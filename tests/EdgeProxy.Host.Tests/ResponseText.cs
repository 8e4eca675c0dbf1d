using System.IO.Compression;

namespace EdgeProxy.Host.Tests;

/// <summary>The text of an answer, however it was coded.</summary>
internal static class ResponseText
{
    /// <summary>Decodes the body.</summary>
    public static async Task<string> DecodeAsync(HttpResponseMessage response)
    {
        await using var raw = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "gzip" => new GZipStream(raw, CompressionMode.Decompress),
            "br" => new BrotliStream(raw, CompressionMode.Decompress),
            _ => raw,
        });
        return await reader.ReadToEndAsync();
    }
}
