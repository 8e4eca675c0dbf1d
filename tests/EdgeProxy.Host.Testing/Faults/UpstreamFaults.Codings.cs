using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Testing.Faults;

/// <content>Bodies that cannot be decoded, or are too large when decoded.</content>
internal static partial class UpstreamFaults
{
    private static IEnumerable<UpstreamFault> Codings()
    {
        const string NotDecoded = "could not be decoded";
        foreach (var coding in (string[])["gzip", "br"])
        {
            yield return new($"{coding} that is plain", NotDecoded, (context, document) => AnswerAsync(context, coding, document));
            yield return new($"{coding} that is broken", $"{NotDecoded}|not valid", (context, document) =>
            {
                var coded = Compress(coding, document);
                coded.AsSpan(coded.Length / 2).Fill(0x5a);
                return AnswerAsync(context, coding, coded);
            });
            yield return new($"{coding} that breaks off", $"{NotDecoded}|not valid", (context, document) =>
                AnswerAsync(context, coding, Compress(coding, document)[..^20]));
            yield return new($"{coding} bomb", "larger than", (context, _) => AnswerAsync(context, coding, Compress(coding, new byte[TooMuch])));
        }

        yield return new("gzip with a wrong checksum", NotDecoded, static (context, document) =>
        {
            var coded = Compress("gzip", document);
            coded[^5] ^= 1;
            return AnswerAsync(context, "gzip", coded);
        });
        yield return new("gzip that is not said", "not valid UTF-8", static (context, document) => AnswerAsync(context, "identity", Compress("gzip", document)));
        yield return new("gzip that is called something else", "not valid UTF-8", static (context, document) => AnswerAsync(context, "zstd", Compress("gzip", document)));
    }

    private static Task AnswerAsync(HttpContext context, string coding, byte[] content)
    {
        context.Response.Headers.ContentEncoding = coding;
        context.Response.ContentLength = content.Length;
        return context.Response.Body.WriteAsync(content).AsTask();
    }

    private static byte[] Compress(string coding, byte[] content)
    {
        using var target = new MemoryStream();
        using (Stream coder = coding == "gzip" ? new GZipStream(target, CompressionLevel.Fastest) : new BrotliStream(target, CompressionLevel.Fastest))
        {
            coder.Write(content);
        }

        return target.ToArray();
    }
}
