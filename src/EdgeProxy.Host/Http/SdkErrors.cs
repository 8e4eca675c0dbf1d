using System.Buffers;
using System.Text.Json;
using EdgeProxy.Host.Common;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Http;

/// <summary>
/// Answers to requests that cannot be served (docs/spec/sdk-api.md 8), in the form of the endpoint's protocol. Not the fast path: these may allocate.
/// </summary>
internal static class SdkErrors
{
    // By then the next attempt to fetch the document has most likely been made.
    private static readonly StringValues RetryAfter = "1";

    // Streams end after half a minute, unless configured otherwise.
    private static readonly StringValues RetryStreamAfter = "10";
    private static readonly byte[] OverloadedBody = """{"status":"unavailable","message":"overloaded"}"""u8.ToArray();

    /// <summary>404: unknown path.</summary>
    public static Task NotFound(Exchange exchange) => WriteDetail(exchange, StatusCodes.Status404NotFound, "Not Found");

    /// <summary>404: unknown path, caused by a base URL that does not end with <c>/api/v1/</c>.</summary>
    public static Task WrongBaseUrl(Exchange exchange) =>
        WriteDetail(exchange, StatusCodes.Status404NotFound, "Not Found: the base URL in the SDK's options must end with /api/v1/, the final slash included");

    /// <summary>404: no environment has the client-side key in the path.</summary>
    public static Task UnknownEnvironment(Exchange exchange) =>
        WriteDetail(exchange, StatusCodes.Status404NotFound, "Not Found: no environment with this client-side key");

    /// <summary>409: no version of the environment is held.</summary>
    public static Task NothingHeld(Exchange exchange) =>
        WriteDetail(exchange, StatusCodes.Status409Conflict, "Conflict: no version of this environment is held");

    /// <summary>503: too many event streams.</summary>
    public static Task TooManyStreams(Exchange exchange)
    {
        exchange.ResponseHeaders.RetryAfter = RetryStreamAfter;
        return WriteStatus(exchange, StatusCodes.Status503ServiceUnavailable, "unavailable", "too many event streams");
    }

    /// <summary>405: method not allowed.</summary>
    public static Task MethodNotAllowed(Exchange exchange, StringValues allowed)
    {
        exchange.ResponseHeaders.Allow = allowed;
        return WriteDetail(exchange, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed");
    }

    /// <summary>401: unknown key.</summary>
    public static Task UnknownKey(Exchange exchange, ReadOnlySpan<char> key) => WriteStatus(
        exchange,
        StatusCodes.Status401Unauthorized,
        "unauthorized",
        IsOfrep(exchange) ? "unknown environment key" : $"unknown key '{key}'"); // Authorization may be anybody's, and providers log the details

    /// <summary>403: unknown key, where another status would be read as none.</summary>
    public static Task ForbiddenKey(Exchange exchange, ReadOnlySpan<char> key) =>
        WriteStatus(exchange, StatusCodes.Status403Forbidden, "forbidden", $"unknown key '{key}'");

    /// <summary>503: the service that takes events did not answer.</summary>
    public static Task EventsUnavailable(Exchange exchange) =>
        WriteDetail(exchange, StatusCodes.Status503ServiceUnavailable, "The events service did not answer");

    /// <summary>401: a client-side key, where a server-side key is required.</summary>
    public static Task ServerKeyRequired(Exchange exchange) => WriteStatus(
        exchange,
        StatusCodes.Status401Unauthorized,
        "unauthorized",
        "the environment document requires a server-side key (ser.…); this is a client-side key");

    /// <summary>503: the environment of the key is not loaded yet.</summary>
    public static Task NotLoaded(Exchange exchange)
    {
        exchange.ResponseHeaders.RetryAfter = RetryAfter;
        return WriteStatus(exchange, StatusCodes.Status503ServiceUnavailable, "unavailable", "environment document not loaded yet");
    }

    /// <summary>503: overload. Prepared in advance: under overload, a rejection must cost little.</summary>
    public static Task Overloaded(Exchange exchange)
    {
        exchange.ResponseHeaders.RetryAfter = RetryAfter;
        return IsOfrep(exchange)
            ? OfrepErrors.WriteOverloaded(exchange)
            : ResponseWriter.WriteJson(exchange, StatusCodes.Status503ServiceUnavailable, OverloadedBody);
    }

    /// <summary>404: unknown feature, or one that is hidden from this key.</summary>
    public static Task FeatureNotFound(Exchange exchange, string feature) =>
        NotFoundBecause(exchange, $"feature '{feature}' not found");

    /// <summary>404: an unknown name, with an explanation.</summary>
    public static Task NotFoundBecause(Exchange exchange, string message) =>
        WriteStatus(exchange, StatusCodes.Status404NotFound, "not_found", message);

    /// <summary>422: an evaluation that cannot be explained.</summary>
    public static Task Inexplicable(Exchange exchange, string detail) => WriteDetail(exchange, StatusCodes.Status422UnprocessableEntity, detail);

    /// <summary>429: too many requests at once.</summary>
    public static Task TooManyRequests(Exchange exchange, string detail)
    {
        exchange.ResponseHeaders.RetryAfter = RetryAfter;
        return WriteDetail(exchange, StatusCodes.Status429TooManyRequests, detail);
    }

    /// <summary>413: the body is larger than allowed.</summary>
    public static Task BodyTooLarge(Exchange exchange, int limit) =>
        WriteDetail(exchange, StatusCodes.Status413PayloadTooLarge, $"The body is larger than {limit} bytes");

    /// <summary>401 or 403: not an operator.</summary>
    public static Task OperatorsOnly(Exchange exchange, bool isTokenConfigured)
    {
        if (!isTokenConfigured)
        {
            return WriteDetail(exchange, StatusCodes.Status403Forbidden, "Only from the machine itself, as long as server.admin_token is not set");
        }

        exchange.ResponseHeaders.WWWAuthenticate = "Bearer";
        return WriteDetail(exchange, StatusCodes.Status401Unauthorized, "Only with the token of server.admin_token");
    }

    /// <summary>401: a change is announced without the right token or signature.</summary>
    public static Task InvalidCredential(Exchange exchange, string detail) => WriteDetail(exchange, StatusCodes.Status401Unauthorized, detail);

    /// <summary>400: an announced change that cannot be read.</summary>
    public static Task InvalidChange(Exchange exchange, string detail) => WriteDetail(exchange, StatusCodes.Status400BadRequest, detail);

    /// <summary>4xx: malformed HTTP request.</summary>
    public static Task BadRequest(Exchange exchange, int status) => WriteDetail(exchange, status, "Bad Request");

    /// <summary>500: a defect of the proxy; details are in the log.</summary>
    public static Task InternalError(Exchange exchange) =>
        WriteDetail(exchange, StatusCodes.Status500InternalServerError, "Internal Server Error");

    /// <summary>422: invalid content of the request.</summary>
    public static Task Unprocessable(Exchange exchange, RequestProblem problem) =>
        Write(exchange, StatusCodes.Status422UnprocessableEntity, static (writer, problem) => problem.Write(writer), problem);

    private static bool IsOfrep(Exchange exchange) => exchange.Route.Protocol == ApiProtocol.Ofrep;

    private static Task WriteDetail(Exchange exchange, int status, string detail) => IsOfrep(exchange)
        ? OfrepErrors.Write(exchange, status, detail)
        : Write(exchange, status, static (writer, detail) => writer.WriteString("detail"u8, detail), detail);

    private static Task WriteStatus(Exchange exchange, int statusCode, string status, string message) => IsOfrep(exchange)
        ? OfrepErrors.Write(exchange, statusCode, message)
        : Write(
            exchange,
            statusCode,
            static (writer, text) =>
            {
                writer.WriteString("status"u8, text.status);
                writer.WriteString("message"u8, text.message);
            },
            (status, message));

    private static Task Write<T>(Exchange exchange, int status, Action<Utf8JsonWriter, T> members, T state)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            members(writer, state);
            writer.WriteEndObject();
        }

        return ResponseWriter.WriteJson(exchange, status, body.WrittenMemory);
    }
}
