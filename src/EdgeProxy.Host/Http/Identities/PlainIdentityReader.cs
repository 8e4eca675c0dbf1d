namespace EdgeProxy.Host.Http.Identities;

/// <summary>
/// Reads bodies of the form that SDKs send: no escapes, no unknown or repeated names, no values but texts, plain numbers, true,
/// false and null. A JSON reader takes several times as long, and reads all others (<see cref="IdentityRequestReader"/>).
/// </summary>
internal ref partial struct PlainIdentityReader
{
    private const int Quotes = 2;

    private readonly ReadOnlySpan<byte> _body;
    private readonly IdentityRequest _request;
    private readonly int _maxTraits;
    private int _at;
    private Token _identifier;

    private PlainIdentityReader(ReadOnlySpan<byte> body, IdentityRequest request, int maxTraits)
    {
        _body = body;
        _request = request;
        _maxTraits = maxTraits;
    }

    /// <summary>Reads a body into a request; if it returns false, the request is as before.</summary>
    /// <param name="body">The whole body, valid UTF-8.</param>
    /// <param name="request">Receives the values; its frame has begun.</param>
    /// <param name="takesTraits">True to use traits.</param>
    /// <param name="maxTraits">The maximum number of traits.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, IdentityRequest request, bool takesTraits, int maxTraits)
    {
        var reader = new PlainIdentityReader(body, request, maxTraits);
        if (!reader.TryReadBody(out var isTransient))
        {
            request.ForgetTraits();
            return false;
        }

        request.IsTransient = isTransient;
        var (start, length) = reader._identifier;
        if (length > Quotes)
        {
            request.Frame.SetIdentity(body.Slice(start + 1, length - Quotes));
            request.IdentifierToken = start..(start + length);
        }

        if (takesTraits)
        {
            foreach (ref readonly var trait in request.SentTraits)
            {
                SetTrait(request, body.Slice(trait.KeyStart + 1, trait.KeyLength - Quotes), body.Slice(trait.ValueStart, trait.ValueLength));
            }
        }

        return true;
    }

    private static void SetTrait(IdentityRequest request, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        switch (value[0])
        {
            case (byte)'"':
                request.Frame.SetTraitText(key, JsonStrings.WithoutQuotes(value));
                break;
            case (byte)'t' or (byte)'f':
                request.Frame.SetTraitBoolean(key, value[0] == (byte)'t');
                break;
            case (byte)'n':
                request.Frame.SetTraitNull(key);
                break;
            default:
                request.Frame.SetTraitNumber(key, value);
                break;
        }
    }

    private bool TryReadBody(out bool isTransient)
    {
        isTransient = false;
        var hasIdentifier = false;
        var hasTraits = false;
        SkipSpace();
        if (!TryTake((byte)'{'))
        {
            return false;
        }

        do
        {
            var isRead = !hasIdentifier && TryTakeName("\"identifier\""u8) ? hasIdentifier = TryReadText(out _identifier)
                : !hasTraits && TryTakeName("\"traits\""u8) ? hasTraits = TryReadTraits()
                : TryTakeName("\"transient\""u8) && TryReadFlag(out isTransient);
            if (!isRead)
            {
                return false;
            }
        }
        while (TryTake((byte)','));

        return TryTake((byte)'}') && _at == _body.Length;
    }

    private bool TryReadTraits()
    {
        if (!TryTake((byte)'['))
        {
            return false;
        }

        if (TryTake((byte)']'))
        {
            return true;
        }

        for (var count = 0; count < _maxTraits; count++)
        {
            if (!TryReadTrait())
            {
                return false;
            }

            if (!TryTake((byte)','))
            {
                return TryTake((byte)']');
            }
        }

        return false;
    }

    private bool TryReadTrait()
    {
        if (!TryTake((byte)'{'))
        {
            return false;
        }

        var key = default(Token);
        var value = default(Token);
        var isTransient = false;
        do
        {
            var isRead = key.Length == 0 && TryTakeName("\"trait_key\""u8) ? TryReadText(out key)
                : value.Length == 0 && TryTakeName("\"trait_value\""u8) ? TryReadValue(out value)
                : TryTakeName("\"transient\""u8) && TryReadFlag(out isTransient);
            if (!isRead)
            {
                return false;
            }
        }
        while (TryTake((byte)','));

        if (!TryTake((byte)'}') || key.Length == 0 || value.Length == 0)
        {
            return false;
        }

        _request.Add(new TraitTokens(key.Start, key.Length, value.Start, value.Length, isTransient));
        return true;
    }

    private bool TryReadValue(out Token value)
    {
        var first = Peek();
        if (first == (byte)'"')
        {
            return TryReadText(out value);
        }

        var start = _at;
        var isRead = first is (byte)'t' or (byte)'f' ? TryReadFlag(out _)
            : first == (byte)'n' ? TryTakeWord("null"u8)
            : TryReadNumber();
        value = new Token(start, _at - start);
        SkipSpace();
        return isRead;
    }

    /// <summary>Reads <c>-?(0|[1-9][0-9]*)(\.[0-9]+)?</c>; what follows shows whether that is all of it.</summary>
    private bool TryReadNumber()
    {
        var start = _at;
        _at += Peek() == (byte)'-' ? 1 : 0;
        var first = _at;
        SkipDigits();
        if (_at == first || (_body[first] == (byte)'0' && _at > first + 1))
        {
            return false;
        }

        if (Peek() == (byte)'.')
        {
            _at++;
            var fraction = _at;
            SkipDigits();
            if (_at == fraction)
            {
                return false;
            }
        }

        return _at - start <= IdentityJson.MaxNumberCharacters;
    }

    private bool TryReadFlag(out bool flag)
    {
        flag = TryTakeWord("true"u8);
        if (!flag && !TryTakeWord("false"u8))
        {
            return false;
        }

        return true;
    }

    /// <summary>Reads a string that is surely not too long; the token has its quotes.</summary>
    private bool TryReadText(out Token text)
    {
        var start = _at;
        text = default;
        if (Peek() != (byte)'"')
        {
            return false;
        }

        var end = FindEnd(start + 1);
        if (end < 0 || end - start > IdentityJson.MaxCharacters)
        {
            return false;
        }

        _at = end + 1;
        text = new Token(start, _at - start);
        SkipSpace();
        return true;
    }

    private readonly record struct Token(int Start, int Length);
}
