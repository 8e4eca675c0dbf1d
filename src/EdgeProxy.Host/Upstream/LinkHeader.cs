namespace EdgeProxy.Host.Upstream;

/// <summary>Finds the link to the next page among <c>Link</c> headers (RFC 8288).</summary>
internal static class LinkHeader
{
    /// <summary>
    /// Returns the target of the first link with the relation <c>next</c>, unresolved; null if there is none.
    /// </summary>
    public static string? FindNext(IEnumerable<string> headers)
    {
        foreach (var header in headers)
        {
            var rest = header.AsSpan();
            while (TryReadLink(ref rest, out var target, out var isNext))
            {
                if (isNext)
                {
                    return target.ToString();
                }
            }
        }

        return null;
    }

    /// <summary>Reads <c>&lt;target&gt;; name=value; …</c> up to the comma before the next link.</summary>
    private static bool TryReadLink(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> target, out bool isNext)
    {
        target = default;
        isNext = false;
        var open = rest.IndexOf('<');
        var close = open < 0 ? -1 : rest[open..].IndexOf('>');
        if (close < 0)
        {
            return false;
        }

        target = rest.Slice(open + 1, close - 1).Trim();
        rest = rest[(open + close + 1)..];
        while (!rest.IsEmpty && rest[0] != ',')
        {
            var parameter = ReadParameter(ref rest);
            isNext |= IsRelationNext(parameter);
        }

        return true;
    }

    /// <summary>Reads up to the next semicolon or comma outside of quotes.</summary>
    private static ReadOnlySpan<char> ReadParameter(ref ReadOnlySpan<char> rest)
    {
        var start = rest[0] == ';' ? 1 : 0;
        var isQuoted = false;
        var end = start;
        while (end < rest.Length && (isQuoted || rest[end] is not (',' or ';')))
        {
            isQuoted ^= rest[end] == '"';
            end++;
        }

        var parameter = rest[start..end].Trim();
        rest = rest[end..];
        return parameter;
    }

    private static bool IsRelationNext(ReadOnlySpan<char> parameter)
    {
        var equals = parameter.IndexOf('=');
        if (equals < 0 || !parameter[..equals].Trim().Equals("rel", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var relations = parameter[(equals + 1)..].Trim().Trim('"');
        foreach (var range in relations.Split(' '))
        {
            if (relations[range].Equals("next", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
