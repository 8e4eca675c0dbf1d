using System.Text.Json;
using System.Text.Unicode;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>
/// Reads the body of an OFREP request in one pass (docs/spec/ofrep.md 3): targeting key and attributes go directly into the
/// frame. Attributes that cannot be traits are ignored, since contexts carry others too. Allocates nothing.
/// </summary>
internal ref partial struct OfrepContextReader
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly IdentityRequest _request;
    private readonly EnvironmentSnapshot _snapshot;
    private readonly bool _takesTraits;
    private readonly int _maxTraits;
    private Utf8JsonReader _reader;
    private ContextProblem _problem;
    private JsonToken _targetingKey;
    private JsonToken _traitsObject;
    private int _traits;
    private bool _hasTraits;

    private OfrepContextReader(ReadOnlySpan<byte> body, IdentityRequest request, EnvironmentSnapshot snapshot, bool takesTraits, int maxTraits)
    {
        _body = body;
        _request = request;
        _snapshot = snapshot;
        _takesTraits = takesTraits;
        _maxTraits = maxTraits;
        _reader = new Utf8JsonReader(body, IdentityJson.Options);
    }

    /// <summary>Reads a body.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="request">Receives the identity and its traits; begins its frame.</param>
    /// <param name="snapshot">The snapshot to evaluate.</param>
    /// <param name="takesTraits">False to evaluate no attributes.</param>
    /// <param name="maxTraits">The maximum number of attributes that are traits.</param>
    /// <param name="context">The context.</param>
    public static ContextProblem Read(
        ReadOnlySpan<byte> body, IdentityRequest request, EnvironmentSnapshot snapshot, bool takesTraits, int maxTraits, out OfrepContext context)
    {
        request.Frame.Begin(snapshot);
        context = default;
        if (body.Trim(" \t\r\n"u8).IsEmpty)
        {
            return ContextProblem.None;
        }

        if (!Utf8.IsValid(body))
        {
            return ContextProblem.NotJson;
        }

        var reader = new OfrepContextReader(body, request, snapshot, takesTraits, maxTraits);
        try
        {
            reader.ReadBody(ref context);
            return reader._problem;
        }
        catch (JsonException)
        {
            return ContextProblem.NotJson;
        }
    }

    private void ReadBody(ref OfrepContext context)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            _problem = ContextProblem.BodyNotObject;
        }
        else
        {
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                var isContext = JsonStrings.IsName(in _reader, "context"u8);
                _reader.Read();
                if (isContext)
                {
                    ReadContext(ref context);
                }
                else
                {
                    _reader.Skip();
                }
            }
        }

        while (_reader.Read())
        {
            // To the end: the reader throws if anything follows.
        }
    }

    private void ReadContext(ref OfrepContext context)
    {
        // Of several contexts the last counts.
        _request.ForgetTraits();
        _request.Frame.Begin(_snapshot);
        _problem = ContextProblem.None;
        _targetingKey = default;
        _traitsObject = default;
        _traits = 0;
        _hasTraits = false;
        var start = (int)_reader.TokenStartIndex;
        if (_reader.TokenType == JsonTokenType.StartObject)
        {
            ReadAttributes();
        }
        else if (_reader.TokenType != JsonTokenType.Null)
        {
            _reader.Skip();
            _problem = ContextProblem.ContextNotObject;
        }

        var range = start..(int)_reader.BytesConsumed;
        if (_traitsObject.Length > 0)
        {
            ReadTraitsObject();
        }

        context = new OfrepContext(SetIdentity(), _targetingKey.Start..(_targetingKey.Start + _targetingKey.Length), _hasTraits, range);
    }

    private void ReadAttributes()
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonToken.OfName(in _reader);
            var isTargetingKey = JsonStrings.IsName(in _reader, "targetingKey"u8);
            var isTraits = JsonStrings.IsName(in _reader, "traits"u8);
            _reader.Read();
            var value = JsonToken.Read(ref _reader);
            if (isTargetingKey)
            {
                _targetingKey = value;
            }
            else
            {
                if (isTraits)
                {
                    _traitsObject = value.Type == JsonTokenType.StartObject ? value : default;
                }

                SetTrait(0, _body, in name, in value);
            }
        }
    }

    /// <summary>Reads the member that Flagsmith's own providers have traits in; it wins over attributes of the same name.</summary>
    private void ReadTraitsObject()
    {
        var content = _traitsObject.In(_body);
        var reader = new Utf8JsonReader(content, IdentityJson.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonToken.OfName(in reader);
            reader.Read();
            var value = JsonToken.Read(ref reader);
            SetTrait(_traitsObject.Start, content, in name, in value);
        }
    }

    /// <summary>Sets the identity; returns false if there is no targeting key.</summary>
    private bool SetIdentity()
    {
        switch (_targetingKey.Type)
        {
            case JsonTokenType.None or JsonTokenType.Null:
                return false;
            case JsonTokenType.Number when _targetingKey.Length <= IdentityJson.MaxNumberCharacters:
                _request.Frame.SetIdentity(_targetingKey.In(_body));
                return true;
            case JsonTokenType.String or JsonTokenType.Number:
                return SetTextIdentity();
            default:
                Report(ContextProblem.TargetingKeyType);
                return false;
        }
    }

    private bool SetTextIdentity()
    {
        var token = _targetingKey;
        var scratch = _request.Scratch(IdentityJson.ScratchFor(in token));
        if (token.Type == JsonTokenType.Number || IdentityJson.ReadText(_body, in token, scratch, out var text) != TextResult.Ok)
        {
            Report(ContextProblem.TargetingKeyText);
            return false;
        }

        if (!text.IsEmpty)
        {
            _request.Frame.SetIdentity(text);
        }

        return !text.IsEmpty;
    }

    private void Report(ContextProblem problem) => _problem = _problem == ContextProblem.None ? problem : _problem;
}
