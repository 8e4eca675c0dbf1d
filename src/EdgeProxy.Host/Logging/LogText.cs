using System.Buffers;
using System.Globalization;
using System.Text;

namespace EdgeProxy.Host.Logging;

/// <summary>
/// Makes text safe for a line of a log, whatever the names from documents, upstreams and clients contain: no line breaks of
/// any kind, no terminal escapes, no invisible characters that reorder text. The only place for this; every format passes
/// its finished lines through it.
/// </summary>
internal static class LogText
{
    // Tags: an invisible copy of ASCII. All of them have this high surrogate.
    private const char TagSurrogate = '\uDB40';

    // Parts of words in Persian and Indic scripts, and of emoji.
    private const string Joiners = "\u200C\u200D";

    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
    [
        .. Enumerable.Range(0, char.MaxValue + 1)
            .Select(static code => (char)code)
            .Except(Joiners)
            .Where(static character => character == TagSurrogate || CharUnicodeInfo.GetUnicodeCategory(character) is
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator),
    ]);

    /// <summary>
    /// Replaces everything unsafe by <c>\uXXXX</c>; returns the same text if there is nothing to replace. Valid in a line
    /// of JSON, too, where control characters are escaped already.
    /// </summary>
    public static string Escape(string line)
    {
        var next = line.AsSpan().IndexOfAny(Unsafe);
        if (next < 0)
        {
            return line;
        }

        var safe = new StringBuilder(line.Length + 32);
        var rest = line.AsSpan();
        for (; next >= 0; next = rest.IndexOfAny(Unsafe))
        {
            safe.Append(rest[..next]);
            var length = rest[next] == TagSurrogate && next + 1 < rest.Length ? 2 : 1;
            foreach (var character in rest.Slice(next, length))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }

            rest = rest[(next + length)..];
        }

        return safe.Append(rest).ToString();
    }

    /// <summary>Formats an exception on one line.</summary>
    public static string OneLine(Exception exception) => exception.ToString().ReplaceLineEndings(" ");
}
