using System.Buffers;
using System.Text.Json;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Common.Compression;
using EdgeProxy.Host.Environments;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Http;

/// <summary>Writes answers: the length first, then the body in one piece.</summary>
internal static class ResponseWriter
{
    // More than this at once would occupy memory while a slow client reads; in pieces, the client sets the pace.
    private const int PieceLength = 128 * 1024;

    private static readonly StringValues PlainText = "text/plain; charset=utf-8";

    /// <summary>Writes a constant body, in the coding that the client prefers.</summary>
    public static Task WriteBody(Exchange exchange, ResponseBody body) => WriteJson(exchange, StatusCodes.Status200OK, Select(exchange, body, out _));

    /// <summary>Selects the coding of a body that the client prefers.</summary>
    public static ContentCoding Negotiate(Exchange exchange, ResponseBody body) => Negotiate(exchange, body.Plain.Length);

    /// <summary>Selects the coding of a body that the client prefers.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="length">The length of the body in bytes.</param>
    public static ContentCoding Negotiate(Exchange exchange, int length)
    {
        if (length < BodyCompressor.MinLength)
        {
            return ContentCoding.Identity;
        }

        return AcceptEncoding.Best(exchange.RequestHeaders.AcceptEncoding, onTie: ContentCoding.Brotli); // smaller
    }

    /// <summary>Writes a constant body in a given coding, with its headers.</summary>
    public static ReadOnlyMemory<byte> Select(Exchange exchange, ResponseBody body, out ContentCoding coding)
    {
        coding = Negotiate(exchange, body);
        var content = body.In(ref coding);
        SetCoding(exchange.ResponseHeaders, coding);
        return content;
    }

    /// <summary>Writes a body of JSON.</summary>
    public static Task WriteJson(Exchange exchange, int status, ReadOnlyMemory<byte> json)
    {
        exchange.ResponseHeaders.ContentType = SdkHeaders.Json;
        return Write(exchange, status, json);
    }

    /// <summary>Writes a body of JSON that is rendered for this request. Allocates: for requests of operators and health checks.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="render">Writes one value.</param>
    public static Task WriteJson(Exchange exchange, int status, Action<Utf8JsonWriter> render)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            render(writer);
        }

        return WriteJson(exchange, status, body.WrittenMemory);
    }

    /// <summary>Writes a body of plain text.</summary>
    public static Task WriteText(Exchange exchange, int status, ReadOnlyMemory<byte> text) => WriteText(exchange, status, text, PlainText);

    /// <summary>Writes a body of a given text type.</summary>
    public static Task WriteText(Exchange exchange, int status, ReadOnlyMemory<byte> text, StringValues contentType)
    {
        exchange.ResponseHeaders.ContentType = contentType;
        return Write(exchange, status, text);
    }

    /// <summary>Writes an answer without a body.</summary>
    public static Task WriteNothing(Exchange exchange, int status)
    {
        exchange.StatusCode = status;
        exchange.ResponseHeaders.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>Sets the header for the coding.</summary>
    public static void SetCoding(IHeaderDictionary response, ContentCoding coding)
    {
        if (coding != ContentCoding.Identity)
        {
            response.ContentEncoding = coding == ContentCoding.Gzip ? SdkHeaders.Gzip : SdkHeaders.Brotli;
        }
    }

    /// <summary>
    /// Writes the head of a JSON answer that is created for one request, so that the body can be written directly behind it.
    /// </summary>
    /// <param name="exchange">The request.</param>
    /// <param name="coding">The coding of the body.</param>
    /// <param name="length">The length of the body.</param>
    /// <returns>True if the body is to be written.</returns>
    public static bool StartJson(Exchange exchange, ContentCoding coding, int length)
    {
        exchange.ResponseHeaders.ContentType = SdkHeaders.Json;
        SetCoding(exchange.ResponseHeaders, coding);
        return Start(exchange, StatusCodes.Status200OK, length);
    }

    private static Task Write(Exchange exchange, int status, ReadOnlyMemory<byte> body)
    {
        if (!Start(exchange, status, body.Length))
        {
            return Task.CompletedTask;
        }

        if (body.Length > PieceLength)
        {
            return WriteInPieces(exchange, body);
        }

        exchange.ResponseBody.Write(body.Span);
        return Task.CompletedTask; // the server flushes what was written when the request ends
    }

    private static bool Start(Exchange exchange, int status, int length)
    {
        exchange.StatusCode = status;
        exchange.ResponseHeaders.ContentLength = length;

        // The server would discard the body of an answer to HEAD; not writing it saves the copy.
        if (exchange.Method == HttpMethods.Head)
        {
            return false;
        }

        exchange.Start();
        return true;
    }

    private static async Task WriteInPieces(Exchange exchange, ReadOnlyMemory<byte> body)
    {
        while (!body.IsEmpty)
        {
            var piece = body[..Math.Min(PieceLength, body.Length)];
            var result = await exchange.ResponseBody.WriteAsync(piece, exchange.Aborted);
            if (result.IsCompleted)
            {
                return; // the client has disconnected
            }

            body = body[piece.Length..];
        }
    }
}
