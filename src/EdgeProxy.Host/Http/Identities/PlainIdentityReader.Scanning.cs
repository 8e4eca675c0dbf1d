using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeProxy.Host.Http.Identities;

/// <content>Scanning: what stands at a place of the body.</content>
internal ref partial struct PlainIdentityReader
{
    /// <summary>The closing quote of a string; -1 if there is an escape or a control character before it.</summary>
    private readonly int FindEnd(int at)
    {
        const byte LastControl = 0x1F;
        for (; at <= _body.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.Create(_body.Slice(at, Vector128<byte>.Count));
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.Equals(bytes, Vector128.Min(bytes, Vector128.Create(LastControl)));
            var found = special.ExtractMostSignificantBits();
            if (found != 0)
            {
                at += BitOperations.TrailingZeroCount(found);
                return _body[at] == (byte)'"' ? at : -1;
            }
        }

        for (; at < _body.Length; at++)
        {
            if (_body[at] is (byte)'"' or (byte)'\\' or <= LastControl)
            {
                return _body[at] == (byte)'"' ? at : -1;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // it and the next two are most of the work
    private readonly byte Peek() => _at < _body.Length ? _body[_at] : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTake(byte character)
    {
        if (Peek() != character)
        {
            return false;
        }

        _at++;
        SkipSpace();
        return true;
    }

    private bool TryTakeWord(ReadOnlySpan<byte> word)
    {
        if (!_body[_at..].StartsWith(word))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private bool TryTakeName(ReadOnlySpan<byte> name)
    {
        if (!TryTakeWord(name))
        {
            return false;
        }

        SkipSpace();
        return TryTake((byte)':');
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit((char)Peek()))
        {
            _at++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSpace()
    {
        if (Peek() <= (byte)' ')
        {
            SkipAllSpace();
        }
    }

    private void SkipAllSpace()
    {
        while (Peek() is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }
}
