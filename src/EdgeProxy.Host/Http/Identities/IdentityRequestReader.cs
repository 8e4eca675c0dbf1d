using System.Text.Json;
using System.Text.Unicode;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>
/// Reads the body of <c>POST /api/v1/identities/</c> in one pass: identifier and traits go directly into the frame; traits
/// that no condition reads are not copied. Of repeated names the last counts, as everywhere in JSON.
/// </summary>
internal ref partial struct IdentityRequestReader
{
    /// <summary>The maximum length of an identifier, a trait's key or its value, in code points.</summary>
    public const int MaxCharacters = 2000;

    // A text with more bytes than this is too long in any case.
    private const int MaxTextBytes = MaxCharacters * 12;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

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
        _reader = new Utf8JsonReader(body, Options);
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

        var token = ReadToken();
        if (ReadText(in token, _request.Scratch(Math.Min(token.Length, MaxTextBytes)), out var identifier) is var result && result != TextResult.Ok)
        {
            return result == TextResult.TooLong
                ? RequestProblem.TooLong(MaxCharacters, "body", "identifier")
                : RequestProblem.NotUnicode("body", "identifier");
        }

        if (!identifier.IsEmpty)
        {
            _request.Frame.SetIdentity(identifier);
            _request.IdentifierToken = token.Start..(token.Start + token.Length);
        }

        return null;
    }

    /// <summary>Reads the text of a string; rejecting a long one costs little.</summary>
    private readonly TextResult ReadText(scoped in Token token, Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        text = _body.Slice(token.Start + 1, token.Length - 2); // without its quotes
        if (JsonStrings.IsSurelyLongerThan(text, MaxCharacters))
        {
            return TextResult.TooLong;
        }

        if (token.IsEscaped)
        {
            if (!JsonStrings.TryUnescape(text, scratch, out var written))
            {
                return TextResult.NotUnicode;
            }

            text = scratch[..written];
        }

        return JsonStrings.IsLongerThan(text, MaxCharacters) ? TextResult.TooLong : TextResult.Ok;
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

    private enum TextResult
    {
        Ok,
        TooLong,
        NotUnicode,
    }

    private readonly record struct Token(JsonTokenType Type, int Start, int Length, bool IsEscaped);
}
