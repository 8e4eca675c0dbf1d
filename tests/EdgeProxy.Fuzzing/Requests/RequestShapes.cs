using System.Text;
using EdgeProxy.Fuzzing.Mutations;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>Known ways to write a request wrongly, one at a time.</summary>
internal static class RequestShapes
{
    private static readonly string[] Headers =
    [
        "Transfer-Encoding: chunked", "Transfer-Encoding: identity", "Transfer-Encoding: chunked, identity", "Transfer-Encoding:\u000bchunked",
        "Transfer-Encoding: xchunked", "Transfer-Encoding : chunked", "Content-Length: 0", "Content-Length: 5", "Content-Length: -1", "Content-Length: +3",
        "Content-Length: 1, 1", "Content-Length: 0x5", "Content-Length: 99999999999999999999", "Content-Length: 1048577", "Content-Length:",
        "Expect: 100-continue", "Expect: 200-ok", "Connection: close", "Connection: keep-alive, x", "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
        "Upgrade: websocket", "Host: second.example", "Host: \"", ": empty", "NoColon", "Bad Name: x", "X:", " Folded: x", "X-A: 1\r\n folded", "X-A: 1\r\n\tfolded",
        "X-Environment-Key: demo", "X-Environment-Key: ", "X-Environment-Key: ser.demo\u0000", "X-Environment-Key: d\u00e9mo", "Origin: https://\u00e9.example",
        "Origin: https://a.example\r\nOrigin: https://b.example", "Origin: null", "Origin: \u007f", "Access-Control-Request-Method: \u00e9",
        "Access-Control-Request-Headers: \u00e9", "Access-Control-Request-Headers: a\tb", "Accept-Encoding: gzip;q=1e9", "Accept-Encoding: ,,;q=,br;q=\u00e9",
        "Accept-Encoding: gzip\r\nAccept-Encoding: br;q=0", "If-None-Match: \"\u00e9\"", "If-None-Match: ,,\"", "If-Modified-Since: \u00e9",
        "If-Modified-Since: Sun, 99 Nov 9999 99:99:99 GMT", "Authorization: Bearer \u00e9", "Authorization: \u0001", "Range: bytes=0-", "Trailer: X", "TE: trailers",
    ];

    private static readonly string[] Targets =
    [
        "*", "//", "/%", "/%zz", "/%00", "/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd", "/api/v1/flags/%2f", "http://localhost/api/v1/flags/", "http://[::1/api/v1/flags/",
        "localhost:80", "/api/v1/flags/?feature=%", "/api/v1/flags/?feature=%ff%fe", "/api/v1/flags/?feature=%00", "/api/v1/flags/?feature=\u00e9", "/api/v1/flags/?%66eature=a",
        "/api/v1/identities/?identifier=%ed%a0%80", "/api/v1/identities/?identifier=\"\\", "/api/v1/identities/?identifier=%22%5c%0d%0a", "/api/v1/identities/?=&&==&identifier",
        "/proxy/health?verbose=\u00e9", "/api/v1/flags/#x", "/api/v1/flags;x/", "/API/V1/FLAGS/", "", "?", "/\\", "/api/v1/flags/\t",
        "/ofrep/v1/evaluate/flags/%", "/ofrep/v1/evaluate/flags/%00", "/ofrep/v1/evaluate/flags/%ed%a0%80", "/ofrep/v1/evaluate/flags/\u00e9", "/ofrep/v1/evaluate/flags//",
        "/ofrep/v1/evaluate/flags/../flags", "/ofrep/v1/evaluate/flags/\"%22\\", "/ofrep/v1/evaluate/flags/+%2B+/", "/ofrep", "/ofrep/", "/ofrep/v1/evaluate/flags?flagConfigEtag=%",
        "/ofrep/v1/events?environment=demo", "/ofrep/v1/events?environment=%&environment=demo", "/ofrep/v1/events/x", "/ofrep/v1/events?environment=demo&lastEventId=\"",
    ];

    private static readonly string[] Versions = ["HTTP/1.0", "HTTP/1.2", "HTTP/0.9", "HTTP/2.0", "HTTP/11", "http/1.1", "HTTP/1.1 ", "", "HTTP/9999999999"];
    private static readonly string[] Methods = ["get", "head", "Head", "post", "CONNECT", "TRACE", "PRI", "G\u00e9T", "", "GET ", "PATCH", "OPTIONS", "hEAD", new string('A', 500)];

    private static readonly Func<byte[], Random, byte[]>[] All =
    [
        WithHeader, WithHeader, WithHeader, WithHeader, WithTarget, WithTarget, WithVersion, WithMethod, WithBareLines, WithOneBareLine, WithLongTarget, WithLongHeader,
        WithManyHeaders, WithOddChunks, WithLongValue, WithLongContext, WithDeepContext, WithDeepBody, AsPreface,
    ];

    /// <summary>Writes a request wrongly.</summary>
    public static byte[] Apply(byte[] request, Random random) => All[random.Next(All.Length)](request, random);

    private static byte[] WithHeader(byte[] request, Random random) => AddHeader(request, random, Pick(Headers, random));

    private static byte[] WithTarget(byte[] request, Random random) => ReplaceWord(request, 1, Pick(Targets, random));

    private static byte[] WithVersion(byte[] request, Random random) => ReplaceWord(request, 2, Pick(Versions, random));

    private static byte[] WithMethod(byte[] request, Random random) => ReplaceWord(request, 0, Pick(Methods, random));

    private static byte[] WithBareLines(byte[] request, Random random) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(request).Replace("\r\n", random.Next(2) == 0 ? "\n" : "\r", StringComparison.Ordinal));

    private static byte[] WithOneBareLine(byte[] request, Random random)
    {
        var at = random.Next(request.Length);
        var end = request.AsSpan(at).IndexOf("\r\n"u8);
        return end < 0 ? request : ByteMutator.Replace(request, at + end, 2, random.Next(2) == 0 ? "\n"u8 : "\r"u8);
    }

    private static byte[] WithLongTarget(byte[] request, Random random) =>
        ReplaceWord(request, 1, $"/api/v1/flags/?feature={new string('%', random.Next(20_000))}");

    private static byte[] WithLongHeader(byte[] request, Random random) =>
        AddHeader(request, random, $"X-Environment-Key: {new string('k', random.Next(50_000))}");

    private static byte[] WithManyHeaders(byte[] request, Random random) =>
        AddHeader(request, random, string.Join("\r\n", Enumerable.Range(0, random.Next(60, 140)).Select(static i => $"X-{i}: {i}")));

    private static byte[] WithOddChunks(byte[] request, Random random)
    {
        string[] chunks =
        [
            "0\r\n\r\n", "0\r\nX-Trailer: 1\r\n\r\n", "0\r\nbad trailer\r\n\r\n", "ffffffffffffffff\r\nx", "-1\r\nx\r\n0\r\n\r\n", "2;ext=\"\r\n\"\r\n{}\r\n0\r\n\r\n", "2\r\n{}0\r\n\r\n",
            "2\n{}\n0\n\n", "\r\n", "g\r\n", "2 \r\n{}\r\n0\r\n\r\n", "7fffffff\r\n{}", "02\r\n{}\r\n000\r\n\r\n", $"2;{new string('e', 9000)}\r\n{{}}\r\n0\r\n\r\n", "2\r\n{}\r\n1",
        ];
        var head = "POST /api/v1/identities/ HTTP/1.1\r\nHost: x\r\nX-Environment-Key: demo\r\nTransfer-Encoding: chunked\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head + Pick(chunks, random)), .. random.Next(2) == 0 ? request : []];
    }

    private static byte[] WithLongValue(byte[] request, Random random) => CorpusRequest.Of(
        "POST /api/v1/identities/",
        ["X-Environment-Key: demo"],
        $$"""{"identifier":"{{new string('é', random.Next(4) * 2000)}}","traits":[{"trait_key":"plan","trait_value":"{{new string('x', random.Next(1990, 2010))}}"}]}""").Bytes;

    private static byte[] WithLongContext(byte[] request, Random random) => CorpusRequest.Of(
        random.Next(2) == 0 ? "POST /ofrep/v1/evaluate/flags" : "POST /ofrep/v1/evaluate/flags/banner",
        ["X-API-Key: demo"],
        $$$"""{"context":{"targetingKey":"{{{new string('é', random.Next(4) * 1000)}}}","plan":"{{{new string('x', random.Next(1990, 2010))}}}","{{{new string('\u00e9', random.Next(2010))}}}":{{{new string('9', 1 + random.Next(2000))}}}}}""").Bytes;

    private static byte[] WithDeepContext(byte[] request, Random random) => CorpusRequest.Of(
        "POST /ofrep/v1/evaluate/flags", ["X-API-Key: demo"], $$$"""{"context":{"x":{{{new string('[', random.Next(5000))}}}""").Bytes;

    private static byte[] WithDeepBody(byte[] request, Random random) => CorpusRequest.Of(
        "POST /api/v1/identities/", ["X-Environment-Key: demo"], $$"""{"identifier":"x","more":{{new string('[', random.Next(5000))}}""").Bytes;

    private static byte[] AsPreface(byte[] request, Random random) => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0"u8.ToArray();

    /// <summary>Behind any of the lines of the head.</summary>
    private static byte[] AddHeader(byte[] request, Random random, string header)
    {
        var head = Math.Max(0, request.AsSpan().IndexOf("\r\n\r\n"u8));
        var line = request.AsSpan(0, head).IndexOf("\r\n"u8);
        var at = random.Next(2) == 0 || line < 0 ? head : line;
        return ByteMutator.Replace(request, at, 0, Encoding.UTF8.GetBytes("\r\n" + header));
    }

    private static byte[] ReplaceWord(byte[] request, int number, string by)
    {
        var end = Math.Max(0, request.AsSpan().IndexOf("\r\n"u8));
        var words = Encoding.Latin1.GetString(request, 0, end).Split(' ');
        if (words.Length > number)
        {
            words[number] = by;
        }

        return [.. Encoding.UTF8.GetBytes(string.Join(' ', words)), .. request.AsSpan(end)];
    }

    private static string Pick(string[] texts, Random random) => texts[random.Next(texts.Length)];
}
