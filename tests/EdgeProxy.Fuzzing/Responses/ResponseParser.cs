using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace EdgeProxy.Fuzzing.Responses;

/// <summary>
/// Reads answers of HTTP/1.1 (RFC 9112), to the letter: what clients forgive is wrong here.
/// </summary>
internal sealed class ResponseParser
{
    private const string Version = "HTTP/1.1 ";
    private static readonly byte[] GoAway = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0D]; // HTTP_1_1_REQUIRED, as Kestrel says it

    private readonly byte[] _received;
    private readonly ResponseExpectations _expectations;
    private int _at;

    private ResponseParser(byte[] received, ResponseExpectations expectations)
    {
        _received = received;
        _expectations = expectations;
    }

    private ReadOnlySpan<byte> Rest => _received.AsSpan(_at);

    /// <summary>Reads all answers that came on a connection until it was closed. Interim ones are checked and left out.</summary>
    /// <exception cref="MalformedResponseException">They are not as they have to be.</exception>
    public static List<ParsedResponse> ReadAll(byte[] received, ResponseExpectations expectations)
    {
        var parser = new ResponseParser(received, expectations);
        var responses = new List<ParsedResponse>();
        while (!parser.Rest.IsEmpty)
        {
            if (expectations.IsPreface && parser.Rest.SequenceEqual(GoAway))
            {
                break;
            }

            if (parser.ReadOne() is not { } response)
            {
                break;
            }

            if (response.Status != 100)
            {
                responses.Add(response);
            }
        }

        return responses;
    }

    /// <summary>Null if the connection was cut off in it.</summary>
    private ParsedResponse? ReadOne()
    {
        var start = _at;
        var headLength = Rest.IndexOf("\r\n\r\n"u8);
        if (headLength < 0)
        {
            return _expectations.MayBeCutOff ? null : throw Malformed("a head without an end");
        }

        var lines = Encoding.Latin1.GetString(Rest[..headLength]).Split("\r\n");
        _at += headLength + 4;
        var status = ReadStatus(lines[0]);
        var headers = lines.Skip(1).Select(ReadHeader).ToList();
        var body = ReadBody(status, headers);
        return body is null ? null : new ParsedResponse(status, headers, body, _received[start.._at]);
    }

    private int ReadStatus(string line)
    {
        if (!line.StartsWith(Version, StringComparison.Ordinal)
            || line.Length < Version.Length + 4
            || line[Version.Length + 3] != ' '
            || !int.TryParse(line.AsSpan(Version.Length, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            || line.Any(static character => character is < ' ' or > '~'))
        {
            throw Malformed($"the status line '{line}'");
        }

        return status == 100 && !_expectations.MayContinue ? throw Malformed("100 where nobody asked for it") : status;
    }

    private static (string Name, string Value) ReadHeader(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0
            || !line.AsSpan(0, colon).ToString().All(static character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal))
            || line.AsSpan(colon + 1).ContainsAnyExceptInRange(' ', '~'))
        {
            throw Malformed($"the header '{line}'");
        }

        return (line[..colon], line[(colon + 1)..].Trim(' '));
    }

    /// <summary>The body; null if the connection was cut off in it.</summary>
    private byte[]? ReadBody(int status, List<(string Name, string Value)> headers)
    {
        var lengths = headers.Where(static header => header.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)).ToList();
        if (status is 100 or 204 or 304)
        {
            return [];
        }

        var isInChunks = headers.Any(static header => header.Name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase));
        if (headers.Contains(("Content-Type", ResponseRules.EventStream)))
        {
            return isInChunks ? ReadChunks() : ReadToTheEnd();
        }

        if (isInChunks)
        {
            throw Malformed("a body in chunks, although everything but event streams is held in memory");
        }

        if (lengths.Count != 1 || !int.TryParse(lengths[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            throw Malformed($"Content-Length '{string.Join(", ", lengths.Select(static header => header.Value))}' of an answer with status {status}");
        }

        // No body of the proxy begins as an answer does.
        if (_expectations.MayLackBodies && length > 0 && (Rest.IsEmpty || Rest.StartsWith("HTTP/1.1 "u8)))
        {
            return [];
        }

        if (Rest.Length < length)
        {
            return _expectations.MayBeCutOff ? null : throw Malformed($"a body of {Rest.Length} bytes instead of {length}");
        }

        _at += length;
        return _received[(_at - length).._at];
    }

    /// <summary>The body of an event stream: it ends anywhere if the client ends it.</summary>
    private byte[] ReadChunks()
    {
        using var body = new MemoryStream();
        while (Rest.IndexOf("\r\n"u8) is var line and >= 0)
        {
            if (!Utf8Parser.TryParse(Rest[..line], out int length, out var read, 'x') || read != line || length < 0)
            {
                throw Malformed("the length of a chunk");
            }

            var start = line + 2;
            if (Rest.Length - start - 2 < length)
            {
                break;
            }

            if (!Rest[(start + length)..].StartsWith("\r\n"u8))
            {
                throw Malformed("a chunk without an end");
            }

            body.Write(Rest.Slice(start, length));
            _at += start + length + 2;
            if (length == 0)
            {
                return body.ToArray();
            }
        }

        _at = _expectations.MayBeCutOff ? _received.Length : throw Malformed("an event stream without an end");
        return body.ToArray();
    }

    private byte[] ReadToTheEnd()
    {
        var body = Rest.ToArray();
        _at = _received.Length;
        return body;
    }

    private static MalformedResponseException Malformed(string what) => new($"malformed answer: {what}");
}
