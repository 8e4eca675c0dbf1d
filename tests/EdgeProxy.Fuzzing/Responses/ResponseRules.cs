using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace EdgeProxy.Fuzzing.Responses;

/// <summary>Rules that every response of the proxy meets.</summary>
internal static class ResponseRules
{
    /// <summary>The type of event streams, the only bodies that are not held in memory as a whole.</summary>
    public const string EventStream = "text/event-stream";

    // Those of docs/spec/sdk-api.md 8 and of the paths for operators, and those that Kestrel gives for what it cannot take as HTTP. A 500 is never right.
    private static readonly int[] DocumentedStatuses = [200, 304, 400, 401, 403, 404, 405, 408, 413, 414, 422, 431, 503, 505];

    // Any other would be one that a client made us write.
    private static readonly HashSet<string> DocumentedHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods", "Access-Control-Allow-Origin",
        "Access-Control-Expose-Headers", "Access-Control-Max-Age", "Allow", "Cache-Control", "Connection", "Content-Encoding", "Content-Length", "Content-Security-Policy", "Content-Type", "Date", "ETag",
        "Last-Modified", "Retry-After", "Transfer-Encoding", "Vary", "WWW-Authenticate", "X-Accel-Buffering", "X-Content-Type-Options", "X-Flagsmith-Document-Updated-At",
    };

    private static readonly string[] Fields = ["retry: ", "event: ", "id: ", "data: "];

    private static readonly string[] Secrets = ["   at ", "Exception", ".cs:line", "System.", "Microsoft.", AppContext.BaseDirectory];

    /// <summary>Checks an answer, and decodes its body.</summary>
    /// <returns>The body in no coding.</returns>
    /// <exception cref="MalformedResponseException">It is not as it has to be.</exception>
    public static byte[] Check(ParsedResponse response)
    {
        if (!DocumentedStatuses.Contains(response.Status))
        {
            throw new MalformedResponseException($"status {response.Status}, which no page documents");
        }

        foreach (var group in response.Headers.GroupBy(static header => header.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (!DocumentedHeaders.Contains(group.Key))
            {
                throw new MalformedResponseException($"the header '{group.Key}', which no page documents");
            }

            if (group.Count() > 1 && group.Key is "Content-Length" or "Content-Type" or "Date" or "ETag" && group.Count() > 1)
            {
                throw new MalformedResponseException($"the header '{group.Key}' more than once");
            }
        }

        if (response.Header("Date") is null)
        {
            throw new MalformedResponseException("no Date");
        }

        var body = Decode(response);
        CheckContent(response, body);
        return body;
    }

    private static byte[] Decode(ParsedResponse response)
    {
        if (response.Body.Length == 0 || response.Header("Content-Encoding") is not { } coding)
        {
            return response.Body;
        }

        try
        {
            using var coded = new MemoryStream(response.Body);
            using Stream decoder = coding switch
            {
                "gzip" => new GZipStream(coded, CompressionMode.Decompress),
                "br" => new BrotliStream(coded, CompressionMode.Decompress),
                _ => throw new MalformedResponseException($"Content-Encoding '{coding}'"),
            };
            using var plain = new MemoryStream();
            decoder.CopyTo(plain);
            return plain.ToArray();
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new MalformedResponseException($"a body that is not {coding}: {exception.Message}");
        }
    }

    private static void CheckContent(ParsedResponse response, byte[] body)
    {
        if (body.Length > 0 && response.Header("Content-Type") is null)
        {
            throw new MalformedResponseException("a body without a Content-Type");
        }

        if (body.Length > 0 && response.Header("Content-Type") == "application/json")
        {
            try
            {
                using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 256 });
            }
            catch (JsonException exception)
            {
                throw new MalformedResponseException($"a body that is not JSON: {exception.Message}");
            }
        }

        var text = Encoding.UTF8.GetString(body);
        if (response.Header("Content-Type") == EventStream && Array.Find(text.Split('\n'), static line => !IsLineOfEvents(line)) is { } wrong)
        {
            throw new MalformedResponseException($"the line '{wrong}' in an event stream");
        }

        if (Secrets.FirstOrDefault(secret => text.Contains(secret, StringComparison.Ordinal)) is { } found)
        {
            throw new MalformedResponseException($"'{found}' in a body: an exception reached a client");
        }
    }

    private static bool IsLineOfEvents(string line) =>
        line.Length == 0 || line[0] == ':' || Array.Exists(Fields, field => line.StartsWith(field, StringComparison.Ordinal));
}
