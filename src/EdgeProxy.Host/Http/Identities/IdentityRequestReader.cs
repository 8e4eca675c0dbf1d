using System.Text.Json;
using System.Text.Unicode;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>
/// Reads the body of <c>POST /api/v1/identities/</c> in one pass: identifier and traits go directly into the frame; traits
/// that no condition reads are not copied. Of repeated names the last counts, as everywhere in JSON.
/// </summary>
internal ref partial struct IdentityRequestReader
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly IdentityRequest _request;
    private readonly bool _acceptsTraits;
    private readonly int _maxTraits;
    private Utf8JsonReader _reader;
    private RequestProblem? _identifierProblem;
    private RequestProblem? _traitsProblem;

    private IdentityRequestReader(ReadOnlySpan<byte> body, IdentityRequest request, bool takesTraits, int maxTraits)
    {
        _body = body;
        _request = request;
        _acceptsTraits = takesTraits;
        _maxTraits = maxTraits;
        _reader = new Utf8JsonReader(body, IdentityJson.Options);
    }

    /// <summary>Reads a body; an error is stored in the request.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="request">Receives the values; its frame has begun.</param>
    /// <param name="takesTraits">True to use traits; if false they are checked and have no effect on the answer.</param>
    /// <param name="maxTraits">The maximum number of traits.</param>
    public static void Read(ReadOnlySpan<byte> body, IdentityRequest request, bool takesTraits, int maxTraits = int.MaxValue)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
        {
            request.Problem = RequestProblem.Missing("body");
            return;
        }

        if (!Utf8.IsValid(body))
        {
            request.Problem = RequestProblem.InvalidJson(FirstInvalid(body));
            return;
        }

        request.IgnoresTraits = !takesTraits;
        if (PlainIdentityReader.TryRead(body, request, takesTraits, maxTraits))
        {
            return;
        }

        var reader = new IdentityRequestReader(body, request, takesTraits, maxTraits);
        try
        {
            request.Problem = reader.ReadBody();
        }
        catch (JsonException)
        {
            request.Problem = RequestProblem.InvalidJson(reader._reader.BytesConsumed);
        }
    }

    private RequestProblem? ReadBody()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return ReadToEnd(RequestProblem.Missing("body"));
        }

        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            return ReadToEnd(RequestProblem.NotAnObject("body"));
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsName("identifier"u8))
            {
                _reader.Read();
                _identifierProblem = ReadIdentifier();
            }
            else if (IsName("traits"u8))
            {
                _reader.Read();
                _request.ForgetTraits();
                _traitsProblem = null;
                ReadTraits();
            }
            else if (IsName("transient"u8))
            {
                _request.IsTransient = ReadTransient();
            }
            else
            {
                _reader.Skip();
            }
        }

        return ReadToEnd(_identifierProblem ?? _traitsProblem);
    }

    /// <summary>Reads the rest of the body: one that is not JSON is reported as such, whatever else is wrong.</summary>
    private RequestProblem? ReadToEnd(RequestProblem? problem)
    {
        while (_reader.Read())
        {
            // The reader throws if anything follows.
        }

        return problem;
    }

    private RequestProblem? ReadIdentifier()
    {
        _request.IdentifierToken = default;
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (_reader.TokenType != JsonTokenType.String)
        {
            _reader.Skip();
            return RequestProblem.NotAString("body", "identifier");
        }

        var token = JsonToken.Read(ref _reader);
        var result = IdentityJson.ReadText(_body, in token, _request.Scratch(IdentityJson.ScratchFor(in token)), out var identifier);
        if (result != TextResult.Ok)
        {
            return result == TextResult.TooLong
                ? RequestProblem.TooLong(IdentityJson.MaxCharacters, "body", "identifier")
                : RequestProblem.NotUnicode("body", "identifier");
        }

        if (!identifier.IsEmpty)
        {
            _request.Frame.SetIdentity(identifier);
            _request.IdentifierToken = token.Start..(token.Start + token.Length);
        }

        return null;
    }

    private static long FirstInvalid(ReadOnlySpan<byte> body)
    {
        var valid = 0;
        while (System.Text.Rune.DecodeFromUtf8(body[valid..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            valid += consumed;
        }

        return valid;
    }
}
