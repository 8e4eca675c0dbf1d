using System.Text;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>A request as a client may send it.</summary>
/// <param name="Bytes">All of it.</param>
internal sealed record CorpusRequest(byte[] Bytes)
{
    /// <summary>True if the same question gets the same answer: no time in it, nobody made up.</summary>
    public bool IsSteady { get; init; } = true;

    /// <summary>Makes one.</summary>
    /// <param name="line">Method and target.</param>
    /// <param name="headers">Header lines without their ends; the host is there already.</param>
    /// <param name="body">The body; with one, its length is a header too.</param>
    public static CorpusRequest Of(string line, string[]? headers = null, string? body = null)
    {
        var text = new StringBuilder($"{line} HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var header in headers ?? [])
        {
            text.Append(header).Append("\r\n");
        }

        if (body is not null)
        {
            text.Append($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        }

        return new CorpusRequest(Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString()));
    }

    /// <summary>Makes one whose body comes in chunks.</summary>
    public static CorpusRequest InChunks(string line, string[] headers, params string[] chunks)
    {
        var coded = string.Concat(chunks.Select(static chunk => $"{Encoding.UTF8.GetByteCount(chunk):x}\r\n{chunk}\r\n"));
        var head = Of(line, [.. headers, "Transfer-Encoding: chunked"]).Bytes;
        return new CorpusRequest([.. head, .. Encoding.UTF8.GetBytes($"{coded}0\r\n\r\n")]);
    }
}
