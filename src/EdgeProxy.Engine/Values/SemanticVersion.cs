namespace EdgeProxy.Engine.Values;

/// <summary>
/// The positions of the parts of a Semantic Version 2.0.0 in its text, so that two versions compare by precedence without
/// anything being copied. Strict: three numbers, no <c>v</c>, no leading zeros. Numbers may be of any size.
/// </summary>
internal readonly struct SemanticVersion
{
    private readonly int _majorEnd;
    private readonly int _minorEnd;
    private readonly int _patchEnd;
    private readonly int _preReleaseEnd;

    private SemanticVersion(int majorEnd, int minorEnd, int patchEnd, int preReleaseEnd)
    {
        _majorEnd = majorEnd;
        _minorEnd = minorEnd;
        _patchEnd = patchEnd;
        _preReleaseEnd = preReleaseEnd;
    }

    /// <summary>Finds the parts; false where the text is not a semantic version.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out SemanticVersion version)
    {
        version = default;
        if (!TryNumber(text, 0, out var majorEnd) || !At(text, majorEnd, (byte)'.')
            || !TryNumber(text, majorEnd + 1, out var minorEnd) || !At(text, minorEnd, (byte)'.')
            || !TryNumber(text, minorEnd + 1, out var patchEnd))
        {
            return false;
        }

        var end = patchEnd;
        if (At(text, end, (byte)'-') && !TryIdentifiers(text, end + 1, leadingZeros: false, out end))
        {
            return false;
        }

        version = new SemanticVersion(majorEnd, minorEnd, patchEnd, end);
        return (!At(text, end, (byte)'+') || TryIdentifiers(text, end + 1, leadingZeros: true, out end)) && end == text.Length;
    }

    /// <summary>Less than, equal to or greater than zero, by precedence (clause 11); build metadata is ignored.</summary>
    public static int Compare(ReadOnlySpan<byte> leftText, in SemanticVersion left, ReadOnlySpan<byte> rightText, in SemanticVersion right)
    {
        var order = CompareNumbers(leftText[..left._majorEnd], rightText[..right._majorEnd]);
        if (order == 0)
        {
            order = CompareNumbers(leftText[(left._majorEnd + 1)..left._minorEnd], rightText[(right._majorEnd + 1)..right._minorEnd]);
        }

        if (order == 0)
        {
            order = CompareNumbers(leftText[(left._minorEnd + 1)..left._patchEnd], rightText[(right._minorEnd + 1)..right._patchEnd]);
        }

        return order != 0
            ? order
            : ComparePreReleases(leftText[left._patchEnd..left._preReleaseEnd], rightText[right._patchEnd..right._preReleaseEnd]);
    }

    /// <summary>Both with their leading hyphen, or empty for a release, which comes after all its pre-releases.</summary>
    private static int ComparePreReleases(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return right.Length.CompareTo(left.Length);
        }

        while (!left.IsEmpty && !right.IsEmpty)
        {
            var order = CompareIdentifiers(NextIdentifier(ref left), NextIdentifier(ref right));
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static ReadOnlySpan<byte> NextIdentifier(ref ReadOnlySpan<byte> rest)
    {
        rest = rest[1..]; // the hyphen or dot before it
        var dot = rest.IndexOf((byte)'.');
        var identifier = dot < 0 ? rest : rest[..dot];
        rest = rest[identifier.Length..];
        return identifier;
    }

    private static int CompareIdentifiers(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        (IsNumeric(left), IsNumeric(right)) switch
        {
            (true, true) => CompareNumbers(left, right),
            (true, false) => -1,
            (false, true) => 1,
            _ => left.SequenceCompareTo(right),
        };

    // No leading zeros, so the longer number is the greater one.
    private static int CompareNumbers(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);

    private static bool IsNumeric(ReadOnlySpan<byte> identifier) =>
        identifier.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static bool At(ReadOnlySpan<byte> text, int index, byte expected) => index < text.Length && text[index] == expected;

    private static bool TryNumber(ReadOnlySpan<byte> text, int start, out int end)
    {
        end = start;
        while (end < text.Length && char.IsAsciiDigit((char)text[end]))
        {
            end++;
        }

        return end - start == 1 || (end > start && text[start] != (byte)'0');
    }

    /// <summary>Identifiers of letters, digits and hyphens, separated by dots, none of them empty.</summary>
    private static bool TryIdentifiers(ReadOnlySpan<byte> text, int start, bool leadingZeros, out int end)
    {
        end = start;
        while (true)
        {
            var first = end;
            while (end < text.Length && (char.IsAsciiLetterOrDigit((char)text[end]) || text[end] == (byte)'-'))
            {
                end++;
            }

            var identifier = text[first..end];
            if (identifier.IsEmpty
                || (!leadingZeros && identifier.Length > 1 && identifier[0] == (byte)'0' && IsNumeric(identifier)))
            {
                return false;
            }

            if (!At(text, end, (byte)'.'))
            {
                return true;
            }

            end++;
        }
    }
}
