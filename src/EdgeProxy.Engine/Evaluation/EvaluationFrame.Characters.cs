using System.Buffers;
using System.Diagnostics;
using System.Text.Unicode;

namespace EdgeProxy.Engine.Evaluation;

/// <content>Values as UTF-16, for regular expressions. Each is converted once, however many conditions read it.</content>
internal sealed partial class EvaluationFrame
{
    private const int BytesPerStep = 16;
    private const int MaxConversions = 16;
    private const int MinCharacters = 256;

    private Conversion[] _conversions = [];
    private char[] _characters = [];
    private int _conversionCount;
    private int _charactersLength;

    /// <summary>Converts a value to UTF-16, valid until the next call; false if the budget is exhausted.</summary>
    /// <param name="value">A value that exists.</param>
    /// <param name="place">The condition that reads it.</param>
    /// <param name="characters">The value as text.</param>
    internal bool TryGetCharacters(in SlotValue value, ConditionPlace place, out ReadOnlySpan<char> characters)
    {
        characters = default;
        if (_stepsLeft <= 0)
        {
            AbortedConditions++;
            return false;
        }

        if (value.Kind is not (SlotKind.Text or SlotKind.BigInteger))
        {
            Span<byte> scratch = stackalloc byte[Values.DoubleText.MaxLength];
            var length = Convert(AsText(in value, scratch)); // first: it may replace the array
            characters = _characters.AsSpan(_charactersLength, length);
            return true;
        }

        for (var i = 0; i < _conversionCount; i++)
        {
            ref readonly var earlier = ref _conversions[i];
            if (earlier.Offset == value.Offset && earlier.Length == value.Length)
            {
                characters = _characters.AsSpan(earlier.Start, earlier.Count);
                return true;
            }
        }

        if (!TryScan(value.Length, BytesPerStep, factor: 1, place))
        {
            return false;
        }

        if (_conversions.Length == 0)
        {
            _conversions = new Conversion[MaxConversions]; // most environments need none
        }

        if (_conversionCount == MaxConversions)
        {
            ForgetConversions();
        }

        var count = Convert(TextOf(in value));
        _conversions[_conversionCount++] = new Conversion(value.Offset, value.Length, _charactersLength, count);
        characters = _characters.AsSpan(_charactersLength, count);
        _charactersLength += count;
        return true;
    }

    /// <summary>Appends a conversion; returns the number of characters.</summary>
    private int Convert(ReadOnlySpan<byte> text)
    {
        if (_characters.Length - _charactersLength < text.Length)
        {
            Array.Resize(ref _characters, Math.Max(Math.Max(_charactersLength + text.Length, _characters.Length * 2), MinCharacters));
        }

        var status = Utf8.ToUtf16(text, _characters.AsSpan(_charactersLength), out _, out var written);
        Debug.Assert(status == OperationStatus.Done);
        return written;
    }

    private void ForgetConversions()
    {
        _conversionCount = 0;
        _charactersLength = 0;
    }

    /// <param name="Offset">The offset of the bytes.</param>
    /// <param name="Length">The number of bytes.</param>
    /// <param name="Start">The offset of the characters.</param>
    /// <param name="Count">The number of characters.</param>
    private readonly record struct Conversion(int Offset, int Length, int Start, int Count);
}
