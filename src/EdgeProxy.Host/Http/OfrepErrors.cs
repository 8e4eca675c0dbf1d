using System.Buffers;
using System.Text.Json;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Http;

/// <summary>
/// Errors in the form of OFREP (docs/spec/ofrep.md 8): always JSON, since some providers fail on anything else. Not the fast
/// path: these may allocate.
/// </summary>
internal static class OfrepErrors
{
    private const string General = "GENERAL";
    private const string InvalidContext = "INVALID_CONTEXT";

    private static readonly byte[] Overloaded = """{"errorCode":"GENERAL","errorDetails":"overloaded","metadata":{}}"""u8.ToArray();

    /// <summary>404: no such feature, or one that is hidden from the key.</summary>
    public static Task FlagNotFound(Exchange exchange) =>
        Write(exchange, StatusCodes.Status404NotFound, "FLAG_NOT_FOUND", "The environment has no such flag, or not for this key");

    /// <summary>400: the body is not JSON.</summary>
    public static Task NotJson(Exchange exchange) => Write(exchange, StatusCodes.Status400BadRequest, "PARSE_ERROR", "The body is not JSON in UTF-8");

    /// <summary>400: a context that cannot be used.</summary>
    public static Task ContextInvalid(Exchange exchange, string details) => Write(exchange, StatusCodes.Status400BadRequest, InvalidContext, details);

    /// <summary>503: prepared in advance, as far as possible: under overload, a rejection must cost little.</summary>
    public static Task WriteOverloaded(Exchange exchange) => OfrepPaths.RawKeyOf(exchange.RawTarget).IsEmpty
        ? ResponseWriter.WriteJson(exchange, StatusCodes.Status503ServiceUnavailable, Overloaded)
        : Write(exchange, StatusCodes.Status503ServiceUnavailable, "overloaded");

    /// <summary>An error that has no code of its own.</summary>
    public static Task Write(Exchange exchange, int status, string details) =>
        Write(exchange, status, status == StatusCodes.Status413PayloadTooLarge ? InvalidContext : General, details);

    private static Task Write(Exchange exchange, int status, string code, string details)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            if (OfrepPaths.KeyOf(exchange.RawTarget) is { Length: > 0 } key)
            {
                writer.WriteString("key"u8, key);
            }

            writer.WriteString("errorCode"u8, code);
            writer.WriteString("errorDetails"u8, details);
            writer.WriteStartObject("metadata"u8);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return ResponseWriter.WriteJson(exchange, status, body.WrittenMemory);
    }
}
