using System.Buffers;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EdgeProxy.Host.Http;

/// <summary>Writes answers: the length first, then the body in one piece.</summary>
internal static class ResponseWriter
{
    // More than this at once would sit in memory while a slow client reads; in pieces, the client's pace is ours.
    private const int PieceLength = 128 * 1024;

    private static readonly StringValues PlainText = "text/plain; charset=utf-8";
    private static readonly StringValues VaryEncoding = HeaderNames.AcceptEncoding;
    private static readonly StringValues VaryOriginAndEncoding = $"{HeaderNames.Origin}, {HeaderNames.AcceptEncoding}";

    /// <summary>A body that stays the same, in the coding the client likes best.</summary>
    public static Task WriteBody(HttpContext context, ResponseBody body) => WriteJson(context, StatusCodes.Status200OK, Select(context, body, out _));

    /// <summary>The coding of a body that the client likes best; says that the answer depends on it.</summary>
    public static ContentCoding Negotiate(HttpContext context, ResponseBody body)
    {
        if (!body.IsCompressible)
        {
            return ContentCoding.Identity;
        }

        VaryByEncoding(context.Response);
        return AcceptEncoding.Best(context.Request.Headers.AcceptEncoding, onTie: ContentCoding.Brotli); // smaller
    }

    /// <summary>A body that stays the same, in the coding that is chosen, with the headers that go with it.</summary>
    public static ReadOnlyMemory<byte> Select(HttpContext context, ResponseBody body, out ContentCoding coding)
    {
        coding = Negotiate(context, body);
        var content = body.In(ref coding);
        SetCoding(context.Response, coding);
        return content;
    }

    /// <summary>A body of JSON.</summary>
    public static Task WriteJson(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        context.Response.Headers.ContentType = SdkHeaders.Json;
        return Write(context, status, json);
    }

    /// <summary>A body of text.</summary>
    public static Task WriteText(HttpContext context, int status, ReadOnlyMemory<byte> text)
    {
        context.Response.Headers.ContentType = PlainText;
        return Write(context, status, text);
    }

    /// <summary>No body.</summary>
    public static Task WriteNothing(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>Says that the answer depends on the codings that the client takes.</summary>
    public static void VaryByEncoding(HttpResponse response) =>
        response.Headers.Vary = response.Headers.Vary.Count == 0 ? VaryEncoding : VaryOriginAndEncoding;

    /// <summary>Says how the body is coded.</summary>
    public static void SetCoding(HttpResponse response, ContentCoding coding)
    {
        if (coding != ContentCoding.Identity)
        {
            response.Headers.ContentEncoding = coding == ContentCoding.Gzip ? SdkHeaders.Gzip : SdkHeaders.Brotli;
        }
    }

    private static Task Write(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentLength = body.Length;

        // The server would keep the body of an answer to HEAD back; not writing it spares the copy.
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        if (body.Length > PieceLength)
        {
            return WriteInPieces(response, body, context.RequestAborted);
        }

        response.BodyWriter.Write(body.Span);
        return Task.CompletedTask; // the server flushes what was written when the request ends
    }

    private static async Task WriteInPieces(HttpResponse response, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        while (!body.IsEmpty)
        {
            var piece = body[..Math.Min(PieceLength, body.Length)];
            var result = await response.BodyWriter.WriteAsync(piece, cancellation);
            if (result.IsCompleted)
            {
                return; // the client is gone
            }

            body = body[piece.Length..];
        }
    }
}
